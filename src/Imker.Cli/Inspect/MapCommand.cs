using Imker.Bytecode;
using Imker.Hosting;
using Imker.Inspect;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Cli;

/// <summary><c>imker map</c>.</summary>
internal static class MapCommand
{
    private const string Usage = """
          imker map { list | show } [MAP]
          imker map dump MAP
          imker map lookup MAP [key BYTES]
          imker map update MAP [key BYTES] value { BYTES | MAP | PROG } [any | noexist | exist]
          imker map delete MAP key BYTES
          imker map getnext MAP [key BYTES]
          imker map { peek | pop | dequeue } MAP
          imker map { push | enqueue } MAP value BYTES
          imker map create FILE type TYPE key SIZE value SIZE entries N name NAME [flags N] [inner_map MAP]
          imker map pin MAP FILE
          imker map freeze MAP

        BYTES are as many numbers as the key or value has bytes, each decimal or with 0x; behind 'hex', hexadecimal digits.

        Examples:
          imker map list
              Show the maps in the kernel.
          imker map dump name counts
              Show all entries, as the types of the map say.
          imker map update id 7 key hex 0a 00 00 01 value 1 0 0 0
              Set an entry.
          imker map create /sys/fs/bpf/blocked type hash key 4 value 8 entries 1024 name blocked
              Make a map and keep it.
        """;

    private static readonly SelectorKind[] selectors = [SelectorKind.Id, SelectorKind.Pinned, SelectorKind.Name];

    public static InspectCommand Create() => new("map", "Show and change maps in the kernel.", Usage, Run);

    /// <summary>Takes what names a map.</summary>
    public static ObjectSelector TakeMap(InspectWords words) => words.TakeSelector(selectors);

    private static int Run(InspectRun run)
    {
        string action = run.Words.IsAtEnd ? "list" : run.Words.TakeOneOf(
            "list", "show", "dump", "lookup", "update", "delete", "getnext", "peek", "pop", "dequeue", "push", "enqueue", "create", "pin", "freeze");
        if (action is "list" or "show")
            List(run);
        else if (action == "create")
            Create(run.Words);
        else
            Apply(run, action);
        return 0;
    }

    private static void List(InspectRun run)
    {
        ObjectSelector? which = run.Words.IsAtEnd ? null : TakeMap(run.Words);
        run.Words.End();
        MapListing.Write(run.Output, run.Inventory, which);
    }

    private static void Apply(InspectRun run, string action)
    {
        using KernelMap map = ObjectSelector.Map(TakeMap(run.Words));
        switch (action)
        {
            case "dump":
                run.Words.End();
                MapDump.Write(run.Output, run.Inventory, map);
                break;
            case "lookup":
                MapDump.WriteEntry(run.Output, run.Inventory, map, TakeKey(run.Words, map));
                break;
            case "update":
                Update(run.Words, map);
                break;
            case "delete":
                if (!map.TryDelete(TakeKey(run.Words, map)))
                    throw new InspectException($"map '{map.Name}' has no such key");
                break;
            case "getnext":
                MapDump.WriteNextKey(run.Output, run.Inventory, map, run.Words.IsAtEnd ? [] : TakeKey(run.Words, map));
                break;
            case "peek":
                run.Words.End();
                MapDump.WriteEntry(run.Output, run.Inventory, map, new byte[map.KeySize]);
                break;
            case "pop" or "dequeue":
                Pop(run, map);
                break;
            case "push" or "enqueue":
                Push(run.Words, map);
                break;
            case "pin":
                string path = run.Words.Take("the file to pin it at");
                run.Words.End();
                map.Pin(path);
                break;
            default:
                run.Words.End();
                map.Freeze();
                break;
        }
    }

    private static void Update(InspectWords words, KernelMap map)
    {
        byte[] key = map.KeySize > 0 && words.Peek() == "key" ? ByteWords.TakeNamed(words, "key", map.KeySize) : new byte[map.KeySize];
        if (words.Peek() != "value")
            throw words.Refusal("a value is missing");
        words.Accept("value");
        if (map.Type is MapType.ProgArray && ByteWords.NamesObject(words))
        {
            using KernelProgram program = ObjectSelector.Program(ProgramCommand.TakeProgram(words));
            words.End();
            map.Update(key, program);
        }
        else if (map.Type is MapType.ArrayOfMaps or MapType.HashOfMaps && ByteWords.NamesObject(words))
        {
            using KernelMap inner = ObjectSelector.Map(TakeMap(words));
            words.End();
            map.Update(key, inner);
        }
        else
        {
            byte[] value = ForAllCpus(map, ByteWords.Take(words, "value", map.ValueSize));
            UpdateMode mode = TakeMode(words);
            words.End();
            if (!map.TryUpdate(key, value, mode))
                throw new InspectException($"map '{map.Name}' {(mode == UpdateMode.OnlyIfAbsent ? "has that key already" : "has no such key")}");
        }
    }

    private static UpdateMode TakeMode(InspectWords words) => words.IsAtEnd ? UpdateMode.Always : words.TakeOneOf("any", "noexist", "exist") switch
    {
        "noexist" => UpdateMode.OnlyIfAbsent,
        "exist" => UpdateMode.OnlyIfPresent,
        _ => UpdateMode.Always,
    };

    private static byte[] TakeKey(InspectWords words, KernelMap map)
    {
        byte[] key = ByteWords.TakeNamed(words, "key", map.KeySize);
        words.End();
        return key;
    }

    private static void Pop(InspectRun run, KernelMap map)
    {
        run.Words.End();
        byte[] value = new byte[map.ValueBufferSize];
        if (!map.TryLookupAndDelete(new byte[map.KeySize], value))
            throw new InspectException($"map '{map.Name}' is empty");
        MapDump.WriteValue(run.Output, run.Inventory, map, [], value);
    }

    private static void Push(InspectWords words, KernelMap map)
    {
        byte[] value = ByteWords.TakeNamed(words, "value", map.ValueSize);
        words.End();
        map.Update(new byte[map.KeySize], value);
    }

    // As bpftool does it: the same for each CPU.
    private static byte[] ForAllCpus(KernelMap map, byte[] value)
    {
        byte[] all = new byte[map.ValueBufferSize];
        for (int at = 0; at + value.Length <= all.Length; at += Math.Max(1, map.AlignedValueSize))
            value.CopyTo(all, at);
        return all;
    }

    private static void Create(InspectWords words)
    {
        string path = words.Take("the file to pin it at");
        var parameters = new MapParameters(MapType.Unspecified, 0, 0, 0);
        ObjectSelector? inner = null;
        while (!words.IsAtEnd)
        {
            switch (words.TakeOneOf("type", "key", "value", "entries", "name", "flags", "inner_map"))
            {
                case "type":
                    parameters = parameters with { Type = TakeType(words) };
                    break;
                case "key":
                    parameters = parameters with { KeySize = (int)words.TakeNumber("the size of the key") };
                    break;
                case "value":
                    parameters = parameters with { ValueSize = (int)words.TakeNumber("the size of the value") };
                    break;
                case "entries":
                    parameters = parameters with { MaxEntries = words.TakeNumber("the number of entries") };
                    break;
                case "name":
                    parameters = parameters with { Name = words.Take("the name") };
                    break;
                case "flags":
                    parameters = parameters with { Flags = (MapFlags)words.TakeNumber("the flags") };
                    break;
                default:
                    inner = TakeMap(words);
                    break;
            }
        }
        if (parameters.Type == MapType.Unspecified)
            throw words.Refusal("the type is missing");
        using KernelMap? shape = inner is null ? null : ObjectSelector.Map(inner);
        using KernelMap map = KernelMap.Create(parameters with { InnerMap = shape });
        map.Pin(path);
    }

    private static MapType TakeType(InspectWords words)
    {
        string name = words.Take("the type");
        return KernelConstants.MapTypes.TryGet(name, out KernelConstant<MapType>? type)
            ? type.Value
            : throw words.Refusal($"there is no type of maps '{name}'{Diagnostics.Spelling.Suggestion(name, KernelConstants.MapTypes.All.Select(t => t.ShortName))}");
    }
}
