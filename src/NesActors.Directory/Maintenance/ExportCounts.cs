namespace NesActors.Directory.Maintenance;

/// <summary>What an export holds. It stands in its last line too, so that one that was cut off is known.</summary>
/// <param name="Users">Names, in any state.</param>
/// <param name="Records">Records of all names, with their histories.</param>
/// <param name="Recoveries">Recoveries that wait.</param>
/// <param name="Mails">Mails that wait, sealed under <c>mail.key</c>.</param>
public sealed record ExportCounts(long Users, long Records, long Recoveries, long Mails);
