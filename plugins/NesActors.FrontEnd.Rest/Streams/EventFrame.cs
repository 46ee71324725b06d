using System.Globalization;
using System.Text;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Api.Views;

namespace NesActors.FrontEnd.Rest.Streams;

/// <summary>An event as it goes over the line, made once for all readers: server-sent (https://html.spec.whatwg.org/multipage/server-sent-events.html), with the JSON inside.</summary>
internal sealed class EventFrame
{
    private readonly byte[] _bytes;
    private readonly int _json;

    private EventFrame(long cursor, byte[] bytes, int json) => (Cursor, _bytes, _json) = (cursor, bytes, json);

    /// <summary>The position of the event.</summary>
    public long Cursor { get; }

    /// <summary>Its id, type and data, and the empty line behind them.</summary>
    public ReadOnlyMemory<byte> ServerSent => _bytes;

    /// <summary>The JSON alone.</summary>
    public ReadOnlyMemory<byte> Json => _bytes.AsMemory(_json, _bytes.Length - _json - 2);

    /// <summary>How much it holds.</summary>
    public int Length => _bytes.Length;

    public static EventFrame Of(MessengerEvent happened)
    {
        var view = EventView.Of(happened);
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {view.Cursor}\nevent: {NameOf(view.Type)}\ndata: "));
        // ASCII, and on one line: so says ApiJson, and JSON escapes what breaks a line.
        var json = JsonSerializer.SerializeToUtf8Bytes(view, ApiJson.Options);
        return new EventFrame(view.Cursor, [.. head, .. json, .. "\n\n"u8], head.Length);
    }

    /// <summary>Names the event and never what it says.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"event {Cursor}");

    private static string NameOf(EventKind kind) => kind switch
    {
        EventKind.Message => "message",
        EventKind.State => "state",
        EventKind.Contact => "contact",
        EventKind.Connection => "connection",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
