namespace NesActors.Directory.Registration;

/// <summary>The reasons of a request that is refused with 400: in the words of the original, as far as it has any.</summary>
internal static class Refusal
{
    public const string Request = "request decode error";
    public const string Username = "username validation error";
    public const string Email = "email validation error";
    public const string IdenticalKeys = "both public keys are identical";
    public const string Key = "decode key error";
    public const string UserExists = "user already exist";
    public const string KeyTaken = "key belongs to another user";
    public const string Signature = "signature verification error";
}
