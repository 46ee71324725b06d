using static NesActors.Architecture.Tests.OurAssemblies;

namespace NesActors.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public sealed class ReferenceTests
{
    private const string Contracts = "NesActors.Contracts";
    private const string Rsa = "NesActors.Rsa";
    private const string Records = "NesActors.Records";

    /// <summary>Of the program's own assemblies. Whoever is not named here may know the contract alone: the plugins.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [Contracts] = [],
        [Rsa] = [],
        [Records] = [Contracts, Rsa],
        ["NesActors.Broker"] = [],
        ["NesActors.Core"] = [Contracts, Rsa, Records],
        ["NesActors.Plugins"] = [Contracts],
        ["NesActors.Directory"] = [Contracts, Rsa, Records],
        ["NesActors.Crypto.RsaAes"] = [Contracts, Rsa],
        ["NesActors.Crypto.Nes2"] = [Contracts, Rsa],
        [NesProgram] = [Contracts, Rsa, Records, "NesActors.Broker", "NesActors.Core", "NesActors.Plugins", "NesActors.Directory"],
    };

    /// <summary>Of other people's assemblies, by the beginning of the name.</summary>
    private static readonly Dictionary<string, string[]> OnlyKnownTo = new()
    {
        ["McMaster.NETCore.Plugins"] = ["NesActors.Plugins"],
        ["MQTTnet"] = ["NesActors.Transport.Mqtt", "NesActors.Broker"],
        ["Akka"] = ["NesActors.Core", NesProgram],
        ["System.CommandLine"] = [NesProgram],
        ["BouncyCastle"] = [Rsa],
        ["Geralt"] = ["NesActors.Crypto.Nes2"],
        ["Microsoft.CodeAnalysis"] = [],
    };

    public static TheoryData<string> Names { get; } = [.. All.Select(Name)];

    public static TheoryData<string> Libraries { get; } = [.. OnlyKnownTo.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Knows_of_our_own_only_what_it_may(string name)
    {
        var ours = All.Select(Name).ToHashSet();
        var known = References(All.Single(assembly => Name(assembly) == name)).Where(ours.Contains);

        Assert.Empty(known.Except(Allowed.GetValueOrDefault(name, [Contracts])));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_is_known_only_to_those_who_wrap_it(string library)
    {
        var knowing = All.Where(assembly => References(assembly).Any(name => name.StartsWith(library, StringComparison.Ordinal)));

        Assert.Empty(knowing.Select(Name).Except(OnlyKnownTo[library]));
    }

    [Fact]
    public void The_contract_needs_the_framework_alone()
    {
        var contract = All.Single(assembly => Name(assembly) == Contracts);

        Assert.All(References(contract), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
        Assert.DoesNotContain("\"resolved\"", File.ReadAllText(Path.Combine(Repository.Root, "src", Contracts, "packages.lock.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_compiler_comes_with_the_program()
    {
        var locks = Repository.Files("packages.lock.json", "src", "plugins").ToList();

        Assert.NotEmpty(locks);
        Assert.All(locks, file => Assert.DoesNotContain("\"Microsoft.CodeAnalysis", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
    }
}
