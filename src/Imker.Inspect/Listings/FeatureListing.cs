using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Linux;
using Imker.Objects;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>What the running kernel has, asked by trying: with the keys of <c>bpftool feature</c>, and our features beside them.</summary>
public static class FeatureListing
{
    private static readonly RecordColumn[] columns = [new("WHAT", "what"), new("NAME", "name"), new("STATE", "state"), new("SINCE", "since")];

    /// <param name="withHelpers">Also which helpers each type of programs may call.</param>
    public static void Write(RecordOutput output, bool withHelpers)
    {
        ArgumentNullException.ThrowIfNull(output);
        (KernelConstant<ProgramType> Type, FeatureState State)[] programs = [.. KernelConstants.ProgramTypes.All.Where(t => t.Value != ProgramType.Unspecified).Select(t => (t, TypeProbe.Ask(t.Value)))];
        (KernelConstant<MapType> Type, FeatureState State)[] maps = [.. KernelConstants.MapTypes.All.Where(t => t.Value != MapType.Unspecified).Select(t => (t, TypeProbe.Ask(t.Value)))];
        if (output.IsJson)
            WriteJson(output, programs, maps, withHelpers);
        else
            WriteText(output, programs, maps, withHelpers);
    }

    private static void WriteJson(
        RecordOutput output, (KernelConstant<ProgramType> Type, FeatureState State)[] programs, (KernelConstant<MapType> Type, FeatureState State)[] maps, bool withHelpers)
    {
        var all = new RecordBuilder();
        all.Add("program_types", Flags(programs.Select(p => ($"have_{p.Type.ShortName}_prog_type", p.State))));
        all.Add("map_types", Flags(maps.Select(m => ($"have_{m.Type.ShortName}_map_type", m.State))));
        if (withHelpers)
        {
            var helpers = new RecordBuilder();
            foreach ((KernelConstant<ProgramType> type, FeatureState state) in programs)
                helpers.Add($"{type.ShortName}_available_helpers", OutputValue.Array([.. HelpersOf(type.Value, state).Select(OutputValue.Text)]));
            all.Add("helpers", helpers.Build());
        }
        var features = new RecordBuilder();
        foreach (KernelFeature feature in KernelFeature.All)
            features.Add(feature.Name, FeatureProbes.Ask(feature) == FeatureState.Present);
        output.WriteJson(all.Add("features", features.Build()).Build());
    }

    private static OutputValue Flags(IEnumerable<(string Name, FeatureState State)> states)
    {
        var record = new RecordBuilder();
        foreach ((string name, FeatureState state) in states)
            record.Add(name, state == FeatureState.Present);
        return record.Build();
    }

    private static void WriteText(
        RecordOutput output, (KernelConstant<ProgramType> Type, FeatureState State)[] programs, (KernelConstant<MapType> Type, FeatureState State)[] maps, bool withHelpers)
    {
        List<OutputValue> rows = [.. programs.Select(p => Row("program type", p.Type.ShortName, p.State, p.Type.Since))];
        rows.AddRange(maps.Select(m => Row("map type", m.Type.ShortName, m.State, m.Type.Since)));
        rows.AddRange(KernelFeature.All.Select(f => Row("feature", f.Name, FeatureProbes.Ask(f), f.Since)));
        output.WriteList(columns, rows);
        if (!withHelpers)
            return;
        foreach ((KernelConstant<ProgramType> type, FeatureState state) in programs)
        {
            ImmutableArray<string> helpers = [.. HelpersOf(type.Value, state)];
            if (!helpers.IsEmpty)
                output.WriteLine($"helpers of {type.ShortName}: {string.Join(' ', helpers)}");
        }
    }

    private static IEnumerable<string> HelpersOf(ProgramType type, FeatureState state) => state != FeatureState.Present
        ? []
        : HelperTable.All.Where(helper => FeatureProbes.AskHelper(type, helper.Id) == FeatureState.Present).Select(helper => helper.Name);

    private static OutputValue Row(string what, string name, FeatureState state, Version since) =>
        new RecordBuilder().Add("what", what).Add("name", name).Add("state", state.ToString().ToLowerInvariant()).Add("since", since.ToString(2)).Build();
}
