using System.Buffers.Binary;
using Imker.Bytecode;

namespace Imker.Compiler.Tests.Ir;

/// <summary>
/// Helpers as far as an evaluation needs them. Maps hold entries of <see cref="KeySize"/> and <see cref="ValueSize"/> bytes; any
/// other helper answers, and fills memory, with numbers made from what it is given, and leaves what it read in the log. Those
/// that copy strings answer with a length.
/// </summary>
public sealed class EvaluatedHelpers(long seed)
{
    public const int KeySize = 8;
    public const int ValueSize = 16;
    public const int SectionSize = 1 << 16;

    private readonly SortedDictionary<string, EvaluatedMemory> entries = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, EvaluatedMemory> sections = new(StringComparer.Ordinal);
    private readonly List<string> log = [];

    /// <summary>
    /// Everything that can be seen from outside: the calls with effects, then what maps and sections hold. Scratch memory is
    /// nobody's.
    /// </summary>
    public IEnumerable<string> Observations =>
    [
        .. log,
        .. entries.Select(e => $"{e.Key} = {Convert.ToHexString(e.Value.Read(0, e.Value.Size))}"),
        .. sections.Where(s => s.Key != "scratch").Select(s => $"{s.Key} = {Convert.ToHexString(s.Value.Read(0, 256))}"),
    ];

    /// <summary>A section of global data, <see cref="SectionSize"/> bytes of zeros at first.</summary>
    public EvaluatedMemory Section(string name)
    {
        if (!sections.TryGetValue(name, out EvaluatedMemory? section))
            sections[name] = section = new EvaluatedMemory(name, SectionSize);
        return section;
    }

    public EvaluatedValue Call(HelperId helper, EvaluatedValue[] arguments) => helper switch
    {
        HelperId.MapLookupElem => Lookup(arguments[0], arguments[1]),
        HelperId.MapUpdateElem => Update(arguments),
        HelperId.MapDeleteElem => new EvaluatedValue(entries.Remove(EntryName(arguments[0], arguments[1])) ? 0 : -2),
        HelperId.GetSmpProcessorId => new EvaluatedValue(seed & 1),
        _ => Answer(helper, arguments),
    };

    private EvaluatedValue Lookup(EvaluatedValue map, EvaluatedValue key) =>
        entries.TryGetValue(EntryName(map, key), out EvaluatedMemory? entry) ? new EvaluatedValue(0, entry) : default;

    private EvaluatedValue Update(EvaluatedValue[] arguments)
    {
        string name = EntryName(arguments[0], arguments[1]);
        if (!entries.TryGetValue(name, out EvaluatedMemory? entry))
            entries[name] = entry = new EvaluatedMemory(name, ValueSize);
        entry.Write(0, arguments[2].Memory!.Read(arguments[2].Integer, ValueSize));
        return default;
    }

    private static string EntryName(EvaluatedValue map, EvaluatedValue key) =>
        $"{map.Memory!.Name}[{Convert.ToHexString(key.Memory!.Read(key.Integer, KeySize))}]";

    private EvaluatedValue Answer(HelperId helper, EvaluatedValue[] arguments)
    {
        HelperPrototype prototype = HelperTable.Get(helper);
        long answer = Mix(seed, (long)helper);
        string line = prototype.Name;
        bool isSeen = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            HelperArgument kind = prototype.Arguments[i];
            if (kind.Access == MemoryAccess.Read)
            {
                foreach (byte b in arguments[i].Memory!.Read(arguments[i].Integer, LengthOf(prototype, arguments, i)))
                {
                    answer = Mix(answer, b);
                    line += $" {b:x2}";
                }
                isSeen = true;
            }
            else if (kind.Access == MemoryAccess.None && arguments[i].Memory is null)
            {
                answer = Mix(answer, arguments[i].Integer);
                line += $" {arguments[i]}";
            }
        }
        for (int i = 0; i < arguments.Length; i++)
        {
            if (prototype.Arguments[i].Access is MemoryAccess.Write or MemoryAccess.Update)
                Fill(arguments[i], LengthOf(prototype, arguments, i), answer);
        }
        if (isSeen)
            log.Add(line);
        return new EvaluatedValue(prototype.Name.EndsWith("_str", StringComparison.Ordinal) ? (answer >>> 1) % arguments[1].Integer + 1 : answer);
    }

    private static long LengthOf(HelperPrototype prototype, EvaluatedValue[] arguments, int index) => prototype.Arguments[index].Kind switch
    {
        HelperArgumentKind.MapKey => KeySize,
        HelperArgumentKind.MapValue => ValueSize,
        HelperArgumentKind.FixedMemory => prototype.Arguments[index].Size,
        _ => arguments[index + 1].Integer,
    };

    private static void Fill(EvaluatedValue pointer, long length, long start)
    {
        var bytes = new byte[(length + 7) / 8 * 8];
        for (int i = 0; i < bytes.Length; i += 8)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i), start = Mix(start, i));
        pointer.Memory!.Write(pointer.Integer, bytes.AsSpan(0, (int)length));
    }

    private static long Mix(long state, long value)
    {
        ulong mixed = ((ulong)state ^ (ulong)value) * 0x9e3779b97f4a7c15;
        return (long)(mixed ^ (mixed >> 29));
    }
}
