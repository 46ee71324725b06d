using NesActors.Contracts;
using NesActors.Records;

namespace NesActors.Directory.Registration;

/// <summary>A registration whose every part was checked.</summary>
/// <param name="HasProof">Whether it came with a signature of the sign key.</param>
internal sealed record ValidRegistration(Username Username, string Email, ValidKeys Keys, bool HasProof)
{
    /// <summary>Checks in the order of the original.</summary>
    /// <returns>The registration, or why there is none.</returns>
    public static (ValidRegistration? Registration, string? Refusal) Check(RegistrationRequest request, Digest directory)
    {
        if (!Username.TryParse(request.Username, out var username)) return (null, Refusal.Username);
        if (!EmailAddress.IsValid(request.Email)) return (null, Refusal.Email);
        var (keys, refusal) = ValidKeys.Check(request.MessageKey, request.SignKey);
        if (keys is null) return (null, refusal);
        var registration = new ValidRegistration(username, request.Email!, keys, request.Signature is not null);
        return request.Signature is { } signature && !keys.Signed(Statements.Register(directory, username, request.Email!, keys.Digests), signature)
            ? (null, Refusal.Signature)
            : (registration, null);
    }

    /// <summary>Says whose it is; the address goes into no log.</summary>
    public override string ToString() => $"registration of {Username}";
}
