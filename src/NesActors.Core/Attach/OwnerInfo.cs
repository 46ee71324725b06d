using System.Reflection;
using NesActors.Contracts;

namespace NesActors.Core.Attach;

/// <summary>Which process runs the session of a state folder, and with what.</summary>
/// <param name="Me">Whose session it is.</param>
/// <param name="Broker">The broker's address, without secrets.</param>
/// <param name="Directory">The key directory's address.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="Since">When the session began.</param>
public sealed record OwnerInfo(Username Me, string Broker, string Directory, int ProcessId, DateTimeOffset Since)
{
    /// <summary>Why others do not find what the user says for suites, in one line; <see langword="null"/> where nothing is wrong.</summary>
    public string? Unpublished { get; init; }

    /// <summary>What both ends must have alike: the program's version and the contract's, as <c>0.1.0 (contract 0.6)</c>.</summary>
    public static string ProgramVersion { get; } =
        $"{typeof(OwnerInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]} (contract {ContractVersion.Current})";
}
