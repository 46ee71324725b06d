using System.Security.Cryptography;
using NesActors.Core.Keys;

namespace NesActors.Core.Storage.State;

/// <summary>
/// The name of this installation of an identity: random, made with the state folder, and in no backup. A state that was restored has another one, by which it knows that
/// time has passed elsewhere; and brokers know the installation by it.
/// </summary>
internal static class Installation
{
    private const string FileName = "installation";
    private const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>131 bits; the longest name that every MQTT broker takes has 23 characters.</summary>
    private const int Length = 22;

    /// <summary>The name; made where there is none.</summary>
    /// <exception cref="StateException">It cannot be read or written.</exception>
    public static string Of(string folder)
    {
        StateFolder.Prepare(folder);
        var file = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(file)) Make(file);
            StateFolder.RefuseOpenMode(file, FileModes.Private);
            var name = File.ReadAllText(file);
            return name.Length == Length && name.All(Characters.Contains) ? name : throw new StateException($"{file} is damaged: delete it, and another is made");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The name of this installation, {file}, cannot be used: {e.Message}", e);
        }
    }

    private static void Make(string file)
    {
        try
        {
            AtomicFile.Write(file, System.Text.Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString(Characters, Length)), FileModes.Private, replace: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process was faster: its name is everybody's.
        }
    }
}
