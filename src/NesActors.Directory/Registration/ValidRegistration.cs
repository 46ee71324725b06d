using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Registration;

/// <summary>A registration whose every part was checked. The keys are PEM as the original writes it, each with a line break at its end.</summary>
internal sealed record ValidRegistration(Username Username, string Email, string MessageKey, string SignKey, KeyDigests Keys)
{
    /// <summary>Checks in the order of the original.</summary>
    /// <returns>The registration, or why there is none.</returns>
    public static (ValidRegistration? Registration, string? Refusal) Check(RegistrationRequest request)
    {
        if (!Username.TryParse(request.Username, out var username)) return (null, Refusal.Username);
        if (!EmailAddress.IsValid(request.Email)) return (null, Refusal.Email);
        if (request.MessageKey is null || request.SignKey is null) return (null, Refusal.Key);
        if (request.MessageKey == request.SignKey) return (null, Refusal.IdenticalKeys);
        try
        {
            using var message = RsaPublicKey.FromPem(request.MessageKey);
            using var sign = RsaPublicKey.FromPem(request.SignKey);
            var keys = KeyDigests.Of(message, sign);
            return keys.Message == keys.Sign
                ? (null, Refusal.IdenticalKeys)
                : (new ValidRegistration(username, request.Email!, message.ToPem(), sign.ToPem(), keys), null);
        }
        catch (CryptographicException)
        {
            return (null, Refusal.Key);
        }
    }
}
