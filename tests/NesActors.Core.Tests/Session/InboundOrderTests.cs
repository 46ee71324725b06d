using CsCheck;
using NesActors.Core.Session;

namespace NesActors.Core.Tests.Session;

public sealed class InboundOrderTests
{
    [Fact]
    public void Hands_on_in_the_order_of_arrival_whatever_the_order_of_the_results() =>
        Gen.Shuffle(Enumerable.Range(1, 50).ToArray()).Sample(results =>
        {
            var order = new InboundOrder<int>();
            for (var i = 1; i <= 50; i++) Assert.Equal(i, order.Issue());
            var handedOn = results.SelectMany(number => order.Take(number, number).ToList()).ToList();
            Assert.Equal(Enumerable.Range(1, 50), handedOn);
        });
}
