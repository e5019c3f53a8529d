namespace LiveFace.Files.Uploads;

/// <summary>Counts the uploads that are under way, together and for each key. Who has none is not kept.</summary>
internal sealed class UploadSlots(int mostAtOnce, int mostOfOneKey)
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _all;

    public bool TryTake(string key)
    {
        lock (_lock)
        {
            var own = _taken.GetValueOrDefault(key);
            if (_all >= mostAtOnce || own >= mostOfOneKey)
                return false;
            _all++;
            _taken[key] = own + 1;
            return true;
        }
    }

    public void GiveBack(string key)
    {
        lock (_lock)
        {
            _all--;
            if (--_taken[key] == 0)
                _taken.Remove(key);
        }
    }
}
