using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using NesActors.Directory.Links;

namespace NesActors.Directory.Api;

/// <summary>The page of a link: what it does, and the button that does it.</summary>
internal static class LinkPage
{
    private static readonly Lazy<string> Template = new(() => Resource.ReadText("LinkPage.html"));

    public static Task WriteAsync(HttpContext context, OwnerLink link)
    {
        var page = Encoding.UTF8.GetBytes(Template.Value
            .Replace("{{title}}", WebUtility.HtmlEncode(Title(link)), StringComparison.Ordinal)
            .Replace("{{text}}", string.Join('\n', Paragraphs(link).Select(text => $"<p>{text}</p>")), StringComparison.Ordinal));
        SecurityHeaders.AllowOwnForm(context);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        return context.Response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }

    private static string Title(OwnerLink link) => link.Action switch
    {
        LinkAction.Activate => $"Activate {link.User}",
        LinkAction.Delete => $"Delete {link.User}",
        LinkAction.Recover => $"Replace the keys of {link.User}",
        LinkAction.Cancel => $"Keep the keys of {link.User}",
        _ => throw new ArgumentOutOfRangeException(nameof(link)),
    };

    // Names and hashes have no character that HTML gives a meaning.
    private static IEnumerable<string> Paragraphs(OwnerLink link)
    {
        switch (link.Action)
        {
            case LinkAction.Activate:
                yield return $"Somebody registered the name {link.User} with your address. Once it is activated, others find its keys here. Was it not you? Then close this page.";
                break;
            case LinkAction.Delete:
                yield return $"Nobody will find the keys of {link.User} any more, your address is erased, and the name is never given to anybody again. This cannot be undone.";
                break;
            case LinkAction.Recover:
                yield return $"Somebody asked for new keys for {link.User}. They take the place of the present ones three days after you press the button.";
                yield return $"The new sign key has the hash <code>{link.Recovery!.SignHash}</code>. Is it not the one that your program shows? Then close this page.";
                break;
            default:
                yield return $"The keys of {link.User} stay as they are, and those that somebody asked for are forgotten.";
                break;
        }
        if (link.Until is { } until) yield return string.Create(CultureInfo.InvariantCulture, $"This works until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
    }
}
