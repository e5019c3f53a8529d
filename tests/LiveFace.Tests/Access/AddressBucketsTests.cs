using System.Net;
using LiveFace.Access;

namespace LiveFace.Tests.Access;

public sealed class AddressBucketsTests
{
    private static readonly IPAddress Somebody = IPAddress.Parse("192.0.2.1");
    private readonly ManualClock _clock = new();

    [Fact]
    public void An_address_has_so_many_permits_and_gets_them_back_evenly_over_a_minute()
    {
        var buckets = new AddressBuckets(10, _clock);
        Enumerable.Range(0, 12).Count(_ => buckets.TryTake(Somebody)).ShouldBe(10);
        buckets.IsEmpty(Somebody).ShouldBeTrue();

        _clock.Advance(TimeSpan.FromSeconds(5));
        buckets.TryTake(Somebody).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(2));
        buckets.IsEmpty(Somebody).ShouldBeFalse();
        buckets.TryTake(Somebody).ShouldBeTrue();
        buckets.TryTake(Somebody).ShouldBeFalse();

        _clock.Advance(TimeSpan.FromHours(1));
        Enumerable.Range(0, 12).Count(_ => buckets.TryTake(Somebody)).ShouldBe(10);
    }

    [Fact]
    public void One_address_takes_nothing_from_another_and_asking_takes_nothing_at_all()
    {
        var buckets = new AddressBuckets(1, _clock);
        buckets.TryTake(Somebody).ShouldBeTrue();
        var other = IPAddress.Parse("192.0.2.2");
        buckets.IsEmpty(other).ShouldBeFalse();
        buckets.IsEmpty(other).ShouldBeFalse();
        buckets.TryTake(other).ShouldBeTrue();
    }

    [Fact]
    public void An_IPv6_site_is_one_address_and_a_mapped_IPv4_address_is_itself()
    {
        var buckets = new AddressBuckets(1, _clock);
        buckets.TryTake(IPAddress.Parse("2001:db8::1")).ShouldBeTrue();
        buckets.TryTake(IPAddress.Parse("2001:db8::2")).ShouldBeFalse();
        buckets.TryTake(IPAddress.Parse("2001:db8:0:1::1")).ShouldBeTrue();
        buckets.TryTake(Somebody).ShouldBeTrue();
        buckets.TryTake(Somebody.MapToIPv6()).ShouldBeFalse();
    }

    [Fact]
    public void Addresses_that_have_their_permits_again_make_room_and_others_are_kept()
    {
        var buckets = new AddressBuckets(1, _clock);
        for (var i = 0; i < AddressBuckets.MostAddresses - 1; i++)
            buckets.TryTake(new IPAddress(i));
        _clock.Advance(TimeSpan.FromMinutes(1));
        buckets.TryTake(Somebody).ShouldBeTrue();

        buckets.TryTake(IPAddress.Parse("192.0.2.2")).ShouldBeTrue();
        buckets.Count.ShouldBe(2);
        buckets.TryTake(Somebody).ShouldBeFalse();
    }

    [Fact]
    public void However_many_addresses_call_at_once_their_number_stays_bounded()
    {
        var buckets = new AddressBuckets(1, _clock);
        for (var i = 0; i < 3 * AddressBuckets.MostAddresses; i++)
            buckets.TryTake(new IPAddress(i)).ShouldBeTrue();
        buckets.Count.ShouldBeLessThanOrEqualTo(AddressBuckets.MostAddresses);
    }
}
