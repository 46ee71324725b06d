using System.Reflection;
using DbUp.Builder;

namespace NesActors.Directory.Storage;

/// <summary>Brings the tables up to date by the scripts of one kind of database, each in a transaction of its own, and by what only a program can do.</summary>
internal static class Migrations
{
    /// <param name="database">DbUp, told of the database.</param>
    /// <param name="scripts">What the names of the scripts begin with, as the project file gives them.</param>
    /// <param name="packing">Under which name, between those of the scripts, answers are packed.</param>
    /// <exception cref="DirectoryException">A script fails, or the database is not to be had.</exception>
    public static void Run(UpgradeEngineBuilder database, string scripts, string packing)
    {
        var result = database
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.StartsWith(scripts, StringComparison.Ordinal))
            .WithScript(scripts + packing, new AnswerPacking())
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful) throw new DirectoryException($"Cannot bring the database up to date: {result.Error.Message}", result.Error);
    }
}
