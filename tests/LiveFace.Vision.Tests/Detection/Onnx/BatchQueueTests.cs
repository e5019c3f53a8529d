using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Inference;

namespace LiveFace.Vision.Tests.Detection.Onnx;

public sealed class BatchQueueTests
{
    private static readonly InputSize Small = new(320, 256);
    private static readonly InputSize Large = new(640, 480);

    private readonly BatchTicket[] _batch = new BatchTicket[4];
    private readonly BatchQueue _queue = new(new BatchSettings { Most = 3, MostWaiting = 5, Wait = Ms(2) });

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    [Fact]
    public void A_window_waits_for_others_no_longer_than_is_set()
    {
        var one = Offer(Small, 10);
        Take(10).ShouldBe(0);
        _queue.Take(Ms(11.5), everybodyIsHere: false, _batch, out var until).ShouldBe(0);
        until.ShouldBe(Ms(0.5));
        Take(12).ShouldBe(1);
        _batch[0].ShouldBe(one);
        one.State.ShouldBe(BatchState.Running);
        _queue.Count.ShouldBe(0);
    }

    [Fact]
    public void A_full_batch_does_not_wait_and_leaves_the_rest()
    {
        for (var i = 0; i < 4; i++)
            Offer(Small, 10);
        Take(10).ShouldBe(3);
        Take(10).ShouldBe(0);
        _queue.Count.ShouldBe(1);
    }

    [Fact]
    public void Nobody_waits_for_others_when_all_are_there()
    {
        Offer(Small, 10);
        _queue.Take(Ms(10), everybodyIsHere: true, _batch, out _).ShouldBe(1);
    }

    [Fact]
    public void A_batch_holds_one_size_and_the_oldest_decides_which()
    {
        var first = Offer(Large, 10);
        Offer(Small, 10.5);
        var third = Offer(Large, 11);
        Take(12).ShouldBe(2);
        _batch[..2].ShouldBe([first, third]);
        Take(12).ShouldBe(0);
        Take(12.5).ShouldBe(1);
        _batch[0].Size.ShouldBe(Small);
    }

    [Fact]
    public void What_comes_on_top_of_the_bound_is_refused_and_the_others_stay()
    {
        for (var i = 0; i < 5; i++)
            Offer(Small, 10);
        var refused = Ticket(Small);
        _queue.Offer(refused, Ms(10)).ShouldBeFalse();
        _queue.Count.ShouldBe(5);
    }

    [Fact]
    public void What_is_withdrawn_is_in_no_batch_and_the_others_keep_their_order()
    {
        var all = new[] { Offer(Small, 10), Offer(Small, 10), Offer(Small, 10) };
        _queue.Withdraw(all[1]).ShouldBeTrue();
        Take(12).ShouldBe(2);
        _batch[..2].ShouldBe([all[0], all[2]]);
        _queue.Withdraw(all[0]).ShouldBeFalse();
    }

    [Fact]
    public void An_empty_queue_has_no_batch_and_no_time()
    {
        _queue.Take(Ms(5), everybodyIsHere: true, _batch, out var until).ShouldBe(0);
        until.ShouldBe(Timeout.InfiniteTimeSpan);
    }

    private static BatchTicket Ticket(InputSize size) => new(size, [], []);

    private BatchTicket Offer(InputSize size, double at)
    {
        var ticket = Ticket(size);
        _queue.Offer(ticket, Ms(at)).ShouldBeTrue();
        return ticket;
    }

    private int Take(double at) => _queue.Take(Ms(at), everybodyIsHere: false, _batch, out _);
}
