#pragma warning disable CS1591 // A test's name is its documentation.
using System.Text;
using CsCheck;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.PluginContracts;

/// <content>What is said arrives.</content>
public abstract partial class CryptoSuiteSpec
{
    /// <summary>Texts that have broken messengers before.</summary>
    public static TheoryData<string> Texts =>
    [
        "", "a", "0", " ", "trailing space ", "line one\nline two\r\n\ttabbed", "null\0control\u0001\u001f\u007f", "\"quoted\" \\ back/slash", "<b>&amp;</b>",
        "zażółć gęślą jaźń — 日本語", "🙂👩‍👩‍👧", "\u202Eright to left\u202C", "\uFEFFbom \uFFFD \uFFFF", "{\"from\":\"mallory\"}", "\u2028\u2029",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_arrives_as_it_was_written(string text)
    {
        using var pair = new Pair(this);
        var message = NewMessage(text);

        var frame = pair.Alice.Seal(message, pair.BobAsPeer);

        Assert.Equal(message, MustOpen(pair.Bob, frame).Verify(pair.AliceAsPeer));
    }

    [Fact]
    public void Its_own_frames_are_recognised()
    {
        using var pair = new Pair(this);
        Assert.True(CreateSuite().Recognizes(pair.Alice.Seal(NewMessage("hello"), pair.BobAsPeer)));
    }

    [Fact]
    public void Any_text_arrives_as_it_was_written()
    {
        using var pair = new Pair(this);
        Gen.String.Sample(
            text =>
            {
                text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // without lone surrogates
                var message = NewMessage(text);
                var frame = pair.Alice.Seal(message, pair.BobAsPeer);
                return MustOpen(pair.Bob, frame).Verify(pair.AliceAsPeer) == message;
            },
            iter: RandomInputs,
            print: text => $"a text of {text.Length} characters");
    }

    [Theory]
    [InlineData('x')]
    [InlineData('\u0001')]
    [InlineData('"')]
    public void The_longest_text_arrives(char filler)
    {
        using var pair = new Pair(this);
        var message = NewMessage(new string(filler, Message.MaxTextBytes));

        var frame = pair.Alice.Seal(message, pair.BobAsPeer);

        Assert.Equal(message, MustOpen(pair.Bob, frame).Verify(pair.AliceAsPeer));
    }

    [Fact]
    public void The_time_arrives_to_the_millisecond()
    {
        using var pair = new Pair(this);
        var message = NewMessage("now") with { SentAt = DateTimeOffset.FromUnixTimeMilliseconds(1_795_380_252_995) };

        var frame = pair.Alice.Seal(message, pair.BobAsPeer);

        Assert.Equal(message.SentAt, MustOpen(pair.Bob, frame).Verify(pair.AliceAsPeer)?.SentAt);
    }

    [Fact]
    public void An_opened_frame_names_its_sender_and_its_recipient()
    {
        using var pair = new Pair(this);

        var opened = MustOpen(pair.Bob, pair.Alice.Seal(NewMessage("hello"), pair.BobAsPeer));

        Assert.Equal((Alice.Value, Bob.Value), (opened.ClaimedSender, opened.ClaimedRecipient));
    }

    [Fact]
    public void A_user_can_write_to_herself()
    {
        using var pair = new Pair(this);
        var message = NewMessage("note to self") with { To = Alice };

        var frame = pair.Alice.Seal(message, pair.AliceAsPeer);

        Assert.Equal(message, MustOpen(pair.Alice, frame).Verify(pair.AliceAsPeer));
    }

    [Fact]
    public void Two_seals_of_one_message_differ_in_frame_and_content()
    {
        using var pair = new Pair(this);
        var message = NewMessage("ok");

        var first = pair.Alice.Seal(message, pair.BobAsPeer);
        var second = pair.Alice.Seal(message, pair.BobAsPeer);

        Assert.NotEqual(first, second);
        Assert.NotEqual(MustOpen(pair.Bob, first).ContentHash.ToArray(), MustOpen(pair.Bob, second).ContentHash.ToArray());
    }

    [Fact]
    public void A_content_that_is_sealed_again_is_a_repeat_to_its_recipient()
    {
        using var pair = new Pair(this);
        var content = pair.Alice.Compose(NewMessage("once more"));

        var first = pair.Alice.Seal(content, pair.BobAsPeer);
        var second = pair.Alice.Seal(content, pair.BobAsPeer);

        Assert.NotEqual(first.Bytes, second.Bytes);
        Assert.Equal(first.ContentHash.ToArray(), second.ContentHash.ToArray());
        Assert.Equal(first.ContentHash.ToArray(), MustOpen(pair.Bob, first.Bytes).ContentHash.ToArray());
        Assert.Equal(first.ContentHash.ToArray(), MustOpen(pair.Bob, second.Bytes).ContentHash.ToArray());
    }

    [Fact]
    public void A_content_is_sealed_again_for_new_keys_of_its_recipient()
    {
        using var pair = new Pair(this);
        var content = pair.Alice.Compose(NewMessage("to whoever bob is now"));
        var store = KeysOf(pair.Suite, Bob).Copy();
        pair.Suite.GenerateKeys(Bob, store, KeyOptions, CancellationToken.None);
        using var changed = pair.Suite.LoadIdentity(Bob, store, Clock);
        using var changedAsPeer = pair.Suite.ReadPeer(changed.PublicRecord);

        var first = pair.Alice.Seal(content, pair.BobAsPeer);
        var second = pair.Alice.Seal(content, changedAsPeer);

        Assert.Equal(first.ContentHash.ToArray(), second.ContentHash.ToArray());
        Assert.Equal("to whoever bob is now", MustOpen(changed, second.Bytes).Verify(pair.AliceAsPeer)?.Text);
    }

    /// <summary>What may be told beside a text.</summary>
    public static TheoryData<Delivery> Deliveries
    {
        get
        {
            var (mine, theirs) = (new StreamId(UInt128.MaxValue), new StreamId(1));
            var hashes = Enumerable.Range(0, Acknowledgement.MaxBeyond).Select(i => (ReadOnlyMemory<byte>)Enumerable.Repeat((byte)i, Acknowledgement.HashSize).ToArray()).ToArray();
            return
            [
                new Delivery { Stream = mine, Sequence = 1 },
                new Delivery { Stream = mine, Sequence = long.MaxValue, Ack = new Acknowledgement(theirs, 0, []) },
                new Delivery { Stream = mine, Sequence = 7, Ack = new Acknowledgement(theirs, 41, hashes) },
                new Delivery { Ack = new Acknowledgement(theirs, 3, []) { ReadUpTo = 2 } },
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Deliveries), DisableDiscoveryEnumeration = true)]
    public void What_is_told_beside_a_text_arrives(Delivery delivery)
    {
        using var pair = new Pair(this);
        var message = NewMessage("a text") with { Delivery = delivery };

        Assert.Equal(message, MustOpen(pair.Bob, pair.Alice.Seal(message, pair.BobAsPeer)).Verify(pair.AliceAsPeer));
    }

    [Fact]
    public void A_confirmation_arrives()
    {
        using var pair = new Pair(this);
        var confirmation = NewMessage("") with { Delivery = new Delivery { IsConfirmation = true, Ack = new Acknowledgement(StreamId.New(), 5, []) } };

        Assert.Equal(confirmation, MustOpen(pair.Bob, pair.Alice.Seal(confirmation, pair.BobAsPeer)).Verify(pair.AliceAsPeer));
    }

    /// <summary>What may be told of suites.</summary>
    public static TheoryData<Capabilities> AllCapabilities
    {
        get
        {
            var keys = new Fingerprint(new string('7', Fingerprint.Length));
            return
            [
                new Capabilities { Sees = new Dictionary<string, SeenStatement>() },
                new Capabilities { Sees = new Dictionary<string, SeenStatement> { ["nes2"] = new(keys, 1_795_348_800_000), ["a-suite-of-an-id-of-32-character"] = new(keys, long.MaxValue), ["0"] = new(keys, 0) } },
                new Capabilities { Sees = Enumerable.Range(0, Capabilities.MaxSees).ToDictionary(i => $"suite{i}", i => new SeenStatement(keys, i)), Statements = new Dictionary<string, string> { ["nes2"] = "\"<+~\\ /" } },
                new Capabilities { Statements = Enumerable.Range(0, Capabilities.MaxStatements).ToDictionary(i => $"suite{i}", i => new string((char)('a' + i), Capabilities.MaxStatementLength)) },
            ];
        }
    }

    [Theory]
    [MemberData(nameof(AllCapabilities), DisableDiscoveryEnumeration = true)]
    public void What_is_told_of_suites_arrives_whole_or_is_left_out(Capabilities capabilities)
    {
        using var pair = new Pair(this);
        foreach (var told in (Message[])[NewMessage("a text"), NewMessage("") with { Delivery = new Delivery { IsConfirmation = true, Ack = new Acknowledgement(StreamId.New(), 5, []) } }])
        {
            var message = told with { Capabilities = capabilities };
            var arrived = MustOpen(pair.Bob, pair.Alice.Seal(message, pair.BobAsPeer)).Verify(pair.AliceAsPeer);
            Assert.Equal(arrived?.Capabilities is null ? told : message, arrived);
        }
    }

    [Fact]
    public void What_does_not_fit_together_is_not_composed()
    {
        using var pair = new Pair(this);
        Delivery[] broken =
        [
            new() { Stream = StreamId.New() },
            new() { Sequence = 1 },
            new() { Stream = StreamId.New(), Sequence = 0 },
            new() { IsConfirmation = true },
            new() { IsConfirmation = true, Stream = StreamId.New(), Sequence = 1, Ack = new Acknowledgement(StreamId.New(), 5, []) },
        ];
        foreach (var delivery in broken) Assert.ThrowsAny<ArgumentException>(() => pair.Alice.Compose(NewMessage("") with { Delivery = delivery }));
    }

    [Fact]
    public void A_frame_has_the_same_content_hash_each_time_it_is_opened()
    {
        using var pair = new Pair(this);
        var frame = pair.Alice.Seal(NewMessage("again"), pair.BobAsPeer);

        var first = MustOpen(pair.Bob, frame).ContentHash.ToArray();

        Assert.Equal(32, first.Length);
        Assert.Equal(first, MustOpen(pair.Bob, frame).ContentHash.ToArray());
    }

    [Fact]
    public void A_frame_may_be_verified_more_than_once()
    {
        using var pair = new Pair(this);
        var message = NewMessage("twice");
        var opened = MustOpen(pair.Bob, pair.Alice.Seal(message, pair.BobAsPeer));

        Assert.Equal(message, opened.Verify(pair.AliceAsPeer));
        Assert.Equal(message, opened.Verify(pair.AliceAsPeer));
    }

    [Fact]
    public async Task Many_threads_work_with_the_same_keys_at_once()
    {
        using var pair = new Pair(this);
        var work = Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 12; i++)
            {
                var message = NewMessage($"{worker}: {i}");
                var frame = pair.Alice.Seal(message, pair.BobAsPeer);
                Assert.Equal(message, MustOpen(pair.Bob, frame).Verify(pair.AliceAsPeer));
                MustBeDropped(pair.Bob.Open(frame.AsMemory(1)));
            }
        }));

        await Task.WhenAll(work);
    }
}
