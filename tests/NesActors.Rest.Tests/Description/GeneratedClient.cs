using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace NesActors.Rest.Tests.Description;

/// <summary>A client that is made from the API's description alone, as somebody would who never saw this program: generated, compiled, loaded.</summary>
internal sealed class GeneratedClient
{
    private const string Namespace = "Generated", ClassName = "NesClient";

    private readonly Assembly _assembly;
    private readonly object _client;

    private GeneratedClient(Assembly assembly, object client) => (_assembly, _client) = (assembly, client);

    /// <summary>Makes it.</summary>
    /// <param name="description">The document.</param>
    /// <param name="http">What it asks by.</param>
    public static async Task<GeneratedClient> MakeAsync(string description, HttpClient http)
    {
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = ClassName,
            UseBaseUrl = false,
            CSharpGeneratorSettings = { Namespace = Namespace, JsonLibrary = CSharpJsonLibrary.SystemTextJson, GenerateNullableReferenceTypes = true },
        };
        var code = new CSharpClientGenerator(await OpenApiDocument.FromJsonAsync(description), settings).GenerateFile();
        var assembly = Compile(code);
        return new GeneratedClient(assembly, Activator.CreateInstance(assembly.GetType($"{Namespace}.{ClassName}", throwOnError: true)!, http)!);
    }

    /// <summary>Calls an operation.</summary>
    /// <param name="operation">Its name in the document.</param>
    /// <param name="arguments">Some of its arguments by their names; the others are left out.</param>
    public async Task<dynamic?> CallAsync(string operation, params (string Name, object? Value)[] arguments)
    {
        var name = $"{char.ToUpperInvariant(operation[0])}{operation[1..]}Async";
        var method = _client.GetType().GetMethods().Single(method => method.Name == name && method.GetParameters().LastOrDefault()?.ParameterType == typeof(CancellationToken));
        Assert.Subset(method.GetParameters().Select(parameter => parameter.Name).ToHashSet(), arguments.Select(argument => (string?)argument.Name).ToHashSet());
        var values = method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None : arguments.FirstOrDefault(argument => argument.Name == parameter.Name).Value);
        var task = (Task)method.Invoke(_client, [.. values])!;
        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task);
    }

    /// <summary>Makes an object of the client's.</summary>
    public object New(string type, params (string Member, object? Value)[] members)
    {
        var made = Activator.CreateInstance(_assembly.GetType($"{Namespace}.{type}", throwOnError: true)!)!;
        foreach (var (member, value) in members) made.GetType().GetProperty(member)!.SetValue(made, value);
        return made;
    }

    private static Assembly Compile(string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Generated.NesClient", [CSharpSyntaxTree.ParseText(code)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
        image.Position = 0;
        return new AssemblyLoadContext("Generated.NesClient").LoadFromStream(image);
    }
}
