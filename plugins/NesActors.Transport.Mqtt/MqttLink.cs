using System.Buffers;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>One MQTT client around one connection attempt and what follows from it.</summary>
internal sealed class MqttLink : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(2);

    private readonly IMqttClient _client;
    private readonly MqttAddress _broker;
    private readonly Inbox _inbox;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isVersion5;
    // Set before MQTTnet knows: it fails what waits for an answer first, and only then no longer calls itself connected.
    private volatile bool _isBroken;
    private PublishLimits _limits = null!;
    private SemaphoreSlim _window = null!;

    public MqttLink(MqttAddress broker, IMqttClient client, Action<InboundFrame> receiver, SemaphoreSlim places)
    {
        (_broker, _client) = (broker, client);
        _inbox = new Inbox(receiver, places, _lifetime.Token);
        _client.ApplicationMessageReceivedAsync += arrival =>
        {
            _inbox.Accept(arrival);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += ended =>
        {
            Close(DisconnectReason.Describe(_broker, ended));
            return Task.CompletedTask;
        };
    }

    /// <summary>Completes with the reason when the connection ended, or could not be made.</summary>
    public Task<string> Closed => _closed.Task;

    public async Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellation)
    {
        var answer = await _client.ConnectAsync(options, cancellation).ConfigureAwait(false);
        _isVersion5 = options.ProtocolVersion == MqttProtocolVersion.V500;
        _limits = PublishLimits.From(answer, _isVersion5);
        _window = new SemaphoreSlim(_limits.InFlight);
        return answer;
    }

    /// <summary>Whether the broker confirms anything at all.</summary>
    public bool CanConfirm => _limits.QoS > MqttQualityOfServiceLevel.AtMostOnce;

    public async Task SubscribeAsync(Username mailbox, CancellationToken cancellation)
    {
        var filter = new MqttTopicFilter
        {
            Topic = Topics.Of(mailbox),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            // Known to MQTT 5 alone; older brokers send retained messages, and the inbox drops them.
            RetainHandling = _isVersion5 ? MqttRetainHandling.DoNotSendOnSubscribe : MqttRetainHandling.SendAtSubscribe,
        };
        // Not behind the answer: of a durable session's queue more may come before it than is read unacknowledged.
        _inbox.Open(mailbox);
        var answer = await AskAsync(new MqttClientSubscribeOptions { TopicFilters = [filter] }, cancellation).ConfigureAwait(false);
        var code = answer.Items.Single().ResultCode;
        if (code > MqttClientSubscribeResultCode.GrantedQoS2)
        {
            var said = BrokerText.Quote(answer.ReasonString);
            throw new TransportException(
                TransportFailure.Refused, $"The broker {_broker} does not let us receive for {mailbox} (code {(int)code}){said}; check the user, or ask its operator.");
        }
    }

    public async Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        if (!_client.IsConnected) return NotSent("there is no connection");
        var topic = Topics.Of(mailbox);
        if (!_limits.Takes(topic, frame.Length))
        {
            return new PublishResult(PublishOutcome.Refused, $"the frame of {frame.Length} bytes is larger than the {_limits.MaxPacket} that the broker takes");
        }
        try
        {
            await _window.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return NotSent("given up while earlier frames were waiting for the broker");
        }
        if (_isBroken)
        {
            _window.Release();
            return NotSent("the connection is lost");
        }
        // From here on the caller may stop waiting, but the sending goes on: to cancel a write would break the connection. So the bytes are copied.
        var sending = SendAsync(topic, frame.ToArray());
        try
        {
            return await sending.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new PublishResult(PublishOutcome.Unknown, "given up before the broker confirmed the frame");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            try
            {
                using var limit = new CancellationTokenSource(GoodbyeTimeout);
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is MqttCommunicationException or OperationCanceledException or ObjectDisposedException)
            {
                // It broke meanwhile, or the broker does not listen: a goodbye is all that is lost.
            }
        }
        Close(DisconnectReason.ClosedHere);
        _client.Dispose();
    }

    private async Task<MqttClientSubscribeResult> AskAsync(MqttClientSubscribeOptions question, CancellationToken cancellation)
    {
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _lifetime.Token);
            return await _client.SubscribeAsync(question, both.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            throw new TransportException(TransportFailure.Unreachable, $"The connection to the broker {_broker} broke.", error);
        }
    }

    /// <summary>Never throws, and gives its place in the window back when it ends.</summary>
    private async Task<PublishResult> SendAsync(string topic, byte[] payload)
    {
        try
        {
            var message = new MqttApplicationMessage { Topic = topic, Payload = new ReadOnlySequence<byte>(payload), QualityOfServiceLevel = _limits.QoS };
            return PublishAnswer.ToResult(await _client.PublishAsync(message, _lifetime.Token).ConfigureAwait(false));
        }
        catch (MqttClientNotConnectedException)
        {
            return NotSent("the connection is lost");
        }
        catch (Exception)
        {
            // Whatever broke, and wherever: the frame may have left before. Those behind it have not, and MQTTnet's reader or its keep-alive
            // ends the connection.
            _isBroken = true;
            return new PublishResult(PublishOutcome.Unknown, "the connection broke before the broker confirmed the frame");
        }
        finally
        {
            _window.Release();
        }
    }

    private void Close(string reason)
    {
        _closed.TrySetResult(reason);
        _lifetime.Cancel();
    }

    private static PublishResult NotSent(string why) => new(PublishOutcome.NotSent, why);
}
