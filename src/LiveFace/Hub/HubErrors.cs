using LiveFace.Access;
using LiveFace.Features.Rooms;
using LiveFace.Http;
using LiveFace.Telemetry;
using Microsoft.AspNetCore.SignalR;

namespace LiveFace.Hub;

/// <summary>
/// Turns refusals into errors that say <c>code: sentence</c>, holds each connection to a rate of calls, and its key to its word.
/// </summary>
internal sealed class HubErrors(HubMembers members, Doorkeeper doorkeeper, FaultSink faults, TimeProvider time) : IHubFilter
{
    private const int Burst = 60;
    private const double CallsPerSecond = 20;

    private static readonly object RateKey = new();

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (!RateOf(invocation.Context).TryTake(time.GetTimestamp(), time))
            throw Error(Problem.TooManyRequests, "Too many calls; wait a second.");

        // The connection is on its way to be closed, and does nothing more until it is.
        if (members.Find(invocation.Context.ConnectionId) is not { } member || !doorkeeper.Holds(member.Grant))
            throw Error(Problem.KeyInvalid, "The key has expired or was taken back.");
        try
        {
            return await next(invocation);
        }
        catch (Exception e) when (RoomProblems.From(e) is { } problem)
        {
            throw Error(problem.Problem, problem.Detail);
        }
        catch (Exception e) when (e is not HubException)
        {
            faults.Report($"hub {invocation.HubMethodName}", e);
            throw Error(Problem.InternalError, null);
        }
    }

    private static HubException Error(Problem problem, string? detail) => new($"{problem.Code}: {detail ?? problem.Title}");

    private static CallRate RateOf(HubCallerContext context)
    {
        if (context.Items.TryGetValue(RateKey, out var rate))
            return (CallRate)rate!;
        var made = new CallRate(Burst, CallsPerSecond);
        context.Items[RateKey] = made;
        return made;
    }

    /// <summary>A token bucket for one connection, whose calls come one after another.</summary>
    private sealed class CallRate(int burst, double perSecond)
    {
        private double _tokens = burst;
        private long _last;

        public bool TryTake(long now, TimeProvider time)
        {
            if (_last != 0)
                _tokens = Math.Min(burst, _tokens + time.GetElapsedTime(_last, now).TotalSeconds * perSecond);
            _last = now;
            if (_tokens < 1)
                return false;
            _tokens--;
            return true;
        }
    }
}
