namespace NesActors.Plugins.Tests;

public sealed class ManifestTests
{
    private const string Valid = """{"id":"Some.Plugin","kind":"suite","version":"1.2.3-beta+4","contract":"0.1","provides":["some"]}""";

    [Fact]
    public void A_valid_manifest_is_read_whole()
    {
        var manifest = Read(Valid).Manifest!;

        Assert.Equal(("Some.Plugin", PluginKind.Suite, "1.2.3-beta+4", new Version(0, 1)), (manifest.Id, manifest.Kind, manifest.Version, manifest.Contract));
        Assert.Equal(["some"], manifest.Provides);
    }

    [Theory]
    [InlineData("", "it is not valid JSON")]
    [InlineData("[]", "it must be one JSON object")]
    [InlineData("{} {}", "it is not valid JSON")]
    [InlineData("[[[[[[[[]]]]]]]]", "it is not valid JSON")]
    [InlineData("""{"id":"a","id":"b"}""", "the field \"id\" is there twice")]
    [InlineData("""{"contract":"0.1","\ud800":1}""", "it holds a text that is not valid Unicode")]
    public void What_is_no_manifest_at_all_is_refused(string json, string reason) => Refuses(json, reason);

    [Theory]
    [InlineData("\"contract\":\"0.1\"", "\"contract\":0.1", "\"contract\" must be a text")]
    [InlineData("\"contract\":\"0.1\"", "\"contract\":\"1\"", "\"contract\" must be two numbers such as 0.1")]
    [InlineData("\"contract\":\"0.1\"", "\"contract\":\"0.-1\"", "\"contract\" must be two numbers such as 0.1")]
    [InlineData("\"contract\":\"0.1\"", "\"contract\":\"0.99999\"", "\"contract\" must be two numbers such as 0.1")]
    [InlineData(",\"contract\":\"0.1\"", "", "the field \"contract\" is missing")]
    [InlineData("Some.Plugin", "../Plugin", "\"id\" must be 1 to 64 characters of A-Z a-z 0-9 . _ -")]
    [InlineData("Some.Plugin", "..", "\"id\" must be 1 to 64 characters of A-Z a-z 0-9 . _ -")]
    [InlineData("Some.Plugin", "Plugin\\n", "\"id\" must be 1 to 64 characters of A-Z a-z 0-9 . _ -")]
    [InlineData("Some.Plugin", "\\ud800", "it holds a text that is not valid Unicode")]
    [InlineData("\"suite\"", "\"Suite\"", "\"kind\" must be one of suite, transport, front-end, gateway")]
    [InlineData("\"suite\"", "null", "\"kind\" must be a text")]
    [InlineData("1.2.3-beta+4", "\\u001b[2J", "\"version\" must be a version such as 1.0.0")]
    [InlineData("[\"some\"]", "\"some\"", "\"provides\" must be a list of texts")]
    [InlineData("[\"some\"]", "[]", "\"provides\" must hold 1 to 32 names")]
    [InlineData("[\"some\"]", "[1]", "\"provides\" must be a list of texts")]
    [InlineData("[\"some\"]", "[\"Some\"]", "each name in \"provides\" must begin with a-z and be 1 to 64 characters of a-z 0-9 + . -")]
    [InlineData("[\"some\"]", "[\"a.b\"]", "the name of a suite must begin with a-z and be 1 to 32 characters of a-z 0-9 -, and not auto")]
    [InlineData("[\"some\"]", "[\"a+b\"]", "the name of a suite must")]
    [InlineData("[\"some\"]", "[\"a12345678901234567890123456789012\"]", "the name of a suite must")]
    [InlineData("[\"some\"]", "[\"auto\"]", "the name of a suite must")]
    [InlineData("[\"some\"]", "[\"a\",\"b\"]", "a suite provides one name, its own")]
    [InlineData("[\"some\"]", "[\"a\",\"a\"]", "\"provides\" names something twice")]
    [InlineData("[\"some\"]", "[\"some\"],\"provide\":1", "the field \"provide\" is not known")]
    public void A_field_that_is_wrong_is_named(string part, string replacement, string reason) =>
        Refuses(Valid.Replace(part, replacement, StringComparison.Ordinal), reason);

    [Fact]
    public void A_file_that_is_too_long_is_not_read() => Refuses(Valid + new string(' ', 16 * 1024), "it is longer than 16 KiB");

    [Fact]
    public void An_id_that_is_too_long_is_refused() =>
        Refuses(Valid.Replace("Some.Plugin", new string('a', 65), StringComparison.Ordinal), "\"id\" must be 1 to 64 characters");

    [Fact]
    public void A_folder_in_place_of_the_file_is_reported()
    {
        using var folder = new PluginsFolder();
        Directory.CreateDirectory(Path.Combine(folder.Of("Some.Plugin"), "plugin.json"));

        Assert.StartsWith("plugin.json cannot be read: ", Assert.Single(folder.Scan().Entries).Reason, StringComparison.Ordinal);
    }

    private static void Refuses(string json, string reason)
    {
        var entry = Read(json);

        Assert.Equal((PluginState.Rejected, null), (entry.State, entry.Manifest));
        Assert.StartsWith($"plugin.json: {reason}", entry.Reason, StringComparison.Ordinal);
    }

    private static PluginEntry Read(string json)
    {
        using var folder = new PluginsFolder().Write("Some.Plugin", json);
        return Assert.Single(folder.Scan().Entries);
    }
}
