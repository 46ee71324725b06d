using Akka.Configuration;

namespace NesActors.Core.Hosting;

/// <summary>The settings of the actor system: <c>hocon/nes.hocon</c>, and an operator's own file before it.</summary>
public static class NesHocon
{
    /// <summary>Reads the settings.</summary>
    /// <param name="file">The operator's file; <see langword="null"/>: none.</param>
    /// <exception cref="NesConfigurationException">The file is not there or is no HOCON.</exception>
    public static Config Load(string? file)
    {
        using var stream = typeof(NesHocon).Assembly.GetManifestResourceStream("nes.hocon")!;
        using var reader = new StreamReader(stream);
        var builtIn = ConfigurationFactory.ParseString(reader.ReadToEnd());
        return file is null ? builtIn : Parse(file).WithFallback(builtIn);
    }

    private static Config Parse(string file)
    {
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NesConfigurationException($"Cannot read the HOCON file {file}: {e.Message}", e);
        }
        // The parser throws exceptions of many types, plain ones among them, for text that is no HOCON.
        catch (Exception e)
        {
            throw new NesConfigurationException($"{file} is no HOCON: {e.Message}", e);
        }
    }
}
