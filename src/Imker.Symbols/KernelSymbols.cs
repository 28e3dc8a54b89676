using System.Text;

namespace Imker.Symbols;

/// <summary>
/// The kernel's symbols, from the text of <c>/proc/kallsyms</c>, which is read when the first address is asked for. Not safe for
/// use by several threads at once.
/// </summary>
public sealed class KernelSymbols(Func<Stream> open)
{
    private const int MostRemembered = 16 * 1024;

    private readonly Dictionary<ulong, Symbolized> remembered = [];
    private Functions? functions;

    public KernelSymbols()
        : this(() => File.OpenRead("/proc/kallsyms"))
    {
    }

    /// <summary>Why no address has a name: the file cannot be read, or <c>kernel.kptr_restrict</c> hides the addresses.</summary>
    public string? Unavailable => Loaded.Problem;

    private Functions Loaded => functions ??= Load();

    /// <summary>The function that holds an address.</summary>
    public Symbolized Resolve(ulong address)
    {
        if (remembered.TryGetValue(address, out Symbolized known))
            return known;
        if (remembered.Count == MostRemembered)
            remembered.Clear();
        Symbolized found = Loaded.Table.TryFind(address, out string name, out ulong offset, out int module)
            ? new Symbolized(address, name, offset, Loaded.Modules[module])
            : new Symbolized(address, null, 0, null);
        remembered.Add(address, found);
        return found;
    }

    /// <summary>
    /// The address of a function or, where the kernel lists them, a variable; of several of the name the first. Reads through the
    /// file, since names are not kept.
    /// </summary>
    public bool TryFindAddress(string name, out ulong address)
    {
        ArgumentNullException.ThrowIfNull(name);
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        address = 0;
        try
        {
            using Stream stream = open();
            using var lines = new LineReader(stream);
            while (lines.TryRead(out ReadOnlySpan<byte> line))
            {
                if (KallsymsLine.TryParse(line, out KallsymsLine symbol) && symbol.Name.SequenceEqual(wanted))
                {
                    address = symbol.Address;
                    return address != 0;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
        return false;
    }

    private Functions Load()
    {
        var builder = new AddressTable.Builder(keepsLast: false);
        var modules = new ModuleNames();
        try
        {
            using Stream stream = open();
            using var lines = new LineReader(stream);
            while (lines.TryRead(out ReadOnlySpan<byte> line))
            {
                if (KallsymsLine.TryParse(line, out KallsymsLine symbol) && symbol.IsFunction && symbol.Address != 0)
                    builder.Add(symbol.Address, 0, symbol.Name, modules.IndexOf(symbol.Module));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Functions(AddressTable.Empty, modules, $"cannot read the kernel's symbols: {e.Message}");
        }
        AddressTable table = builder.Build();
        return new Functions(table, modules, table.Count > 0
            ? null
            : "the kernel hides the addresses of its symbols (sysctl kernel.kptr_restrict, or CAP_SYSLOG is missing)");
    }

    private sealed record Functions(AddressTable Table, ModuleNames Modules, string? Problem);

    /// <summary>Module names by number; 0 is the kernel itself.</summary>
    private sealed class ModuleNames
    {
        private readonly List<string?> names = [null];
        private byte[] last = [];

        public string? this[int index] => names[index];

        // A module's symbols stand together, so the last name is nearly always the one.
        public int IndexOf(ReadOnlySpan<byte> module)
        {
            if (module.IsEmpty)
                return 0;
            if (!module.SequenceEqual(last))
            {
                names.Add(Encoding.UTF8.GetString(module));
                last = module.ToArray();
            }
            return names.Count - 1;
        }
    }
}
