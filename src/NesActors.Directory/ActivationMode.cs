namespace NesActors.Directory;

/// <summary>What a registration waits for before it is served.</summary>
public enum ActivationMode
{
    /// <summary>Nothing: it is served at once, and no links are made. For labs and demonstrations.</summary>
    None,

    /// <summary>Its activation link, which the server writes to its log together with the deletion link, for the operator to hand out.</summary>
    Log,

    /// <summary>Its activation link, which goes to the owner's address together with the deletion link. Needs <see cref="DirectoryOptions.Mail"/>.</summary>
    Mail,
}
