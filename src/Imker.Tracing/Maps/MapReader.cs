using System.Collections.Immutable;
using Imker.Linux;
using Imker.Objects;
using Imker.Rendering;
using Imker.Tracing.Records;
using KernelSnapshot = Imker.Linux.MapSnapshot;
using MapSnapshot = Imker.Rendering.MapSnapshot;

namespace Imker.Tracing.Maps;

/// <summary>Reads, takes and clears the maps of a running script.</summary>
internal sealed class MapReader(LoadedObject loaded, HostVariableTable variables, ValueReader reader) : IDisposable
{
    private readonly SharedValues shared = new();
    private readonly Dictionary<string, MapView> views = loaded.Blueprint.Views.ToDictionary(v => v.Name);

    /// <summary>All views, in the order of their names.</summary>
    public IEnumerable<MapView> Views => views.Values.OrderBy(v => v.Name, StringComparer.Ordinal);

    public MapView View(string name) => views[name];

    /// <summary>What a map holds now.</summary>
    public MapSnapshot Read(MapView view) => Convert(view, CurrentMap(view).TakeSnapshot());

    /// <summary>
    /// What a map holds, which is removed. Where the map has two generations, programs are turned to the other one first, and
    /// those that still write to this one are waited for: nothing is lost between reading and removing. Nor is it where the value is
    /// a number in shared memory.
    /// </summary>
    public MapSnapshot Take(MapView view)
    {
        KernelMap map = CurrentMap(view);
        if (view.AlternateMap is not null)
        {
            SetGeneration(view, 1 - Generation(view));
            ProgramBarrier.Wait();
        }
        if (view.Key is not null)
            return Convert(view, map.TakeAll());
        if (SharedValues.Has(map))
            return Scalar(view, shared.Take(map));
        KernelSnapshot scalar = map.TakeSnapshot();
        map.Update(ScalarKey, new byte[map.ValueBufferSize]);
        return Convert(view, scalar);
    }

    /// <summary>Makes every value zero and keeps the keys.</summary>
    public void Zero(MapView view)
    {
        KernelMap map = CurrentMap(view);
        KernelSnapshot entries = map.TakeSnapshot();
        byte[] zero = new byte[map.ValueBufferSize];
        for (int i = 0; i < entries.Count; i++)
            map.Update(entries.Key(i), zero);
    }

    public void Dispose() => shared.Dispose();

    private static ReadOnlySpan<byte> ScalarKey => [0, 0, 0, 0];

    private KernelMap CurrentMap(MapView view) =>
        loaded.Maps[view.AlternateMap is { } alternate && Generation(view) == 1 ? alternate : view.Map];

    private int Generation(MapView view) => (int)variables.Read(view.GenerationVariable!);

    private void SetGeneration(MapView view, int generation) => variables.Write(view.GenerationVariable!, (ulong)generation);

    private MapSnapshot Convert(MapView view, KernelSnapshot snapshot)
    {
        if (view.Key is null)
            return Scalar(view, snapshot.Value(0));
        var entries = ImmutableArray.CreateBuilder<MapEntry>(snapshot.Count);
        for (int i = 0; i < snapshot.Count; i++)
            entries.Add(new MapEntry(reader.Read(view.Key, snapshot.Key(i)), ReadValue(view, snapshot.Value(i))));
        return Snapshot(view, entries.ToImmutable());
    }

    private MapSnapshot Scalar(MapView view, ReadOnlySpan<byte> value) =>
        Snapshot(view, IsUnset(view, value) ? [] : [new MapEntry(OutputValue.None, ReadValue(view, value))]);

    private static MapSnapshot Snapshot(MapView view, ImmutableArray<MapEntry> entries) => new(view.Name, entries)
    {
        IsScalar = view.Key is null,
        IsStatistics = view.Value is AverageData or StatsData,
    };

    // Programs change the value first and set the flag then: one that is taken in between has but one of them.
    private static bool IsUnset(MapView view, ReadOnlySpan<byte> value) => view.PresenceOffset >= 0
        ? ValueReader.Word(value[view.PresenceOffset..]) == 0 && !value[..view.PresenceOffset].ContainsAnyExcept((byte)0)
        : AggregateReader.IsEmpty(value);

    private OutputValue ReadValue(MapView view, ReadOnlySpan<byte> value) => view.Value is AggregateData aggregate
        ? AggregateReader.Read(aggregate, value, (aggregate.Size + 7) & ~7)
        : reader.Read(view.Value, value);
}
