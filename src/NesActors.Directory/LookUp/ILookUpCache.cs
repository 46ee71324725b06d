using NesActors.Contracts;

namespace NesActors.Directory.LookUp;

/// <summary>
/// What look-ups keep in memory: answers, and which names there are. Nothing of it is ever asked for again by itself, so whoever changes what a
/// name is answered with must say so.
/// </summary>
internal interface ILookUpCache
{
    /// <summary>
    /// To be called after each transaction that may have given a name a record or changed it (an activation, a change of keys, a revocation, a deletion, a
    /// recovery), in a <c>finally</c>: also where it seems to have failed, because a connection that breaks in a commit leaves that open.
    /// After this call nobody is answered with what was before. Calls too many cost a query each, one too few is a wrong answer.
    /// </summary>
    void Changed(Username name);
}
