namespace NesActors.Directory.Registration;

/// <summary>The reasons of a registration that is refused, in the words of the original.</summary>
internal static class Refusal
{
    public const string Request = "request decode error";
    public const string Username = "username validation error";
    public const string Email = "email validation error";
    public const string IdenticalKeys = "both public keys are identical";
    public const string Key = "decode key error";
    public const string UserExists = "user already exist";
}
