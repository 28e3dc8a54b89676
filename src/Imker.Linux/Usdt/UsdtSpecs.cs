using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Imker.Elf;

namespace Imker.Linux;

/// <summary>
/// Where a program of libbpf's <c>usdt.bpf.h</c> finds a probe's arguments: an array of the object says how each is read, and the
/// attachment's cookie, or a hash map by addresses where there are no cookies, says which element is meant.
/// </summary>
internal sealed class UsdtSpecs
{
    private const string SpecMap = "__bpf_usdt_specs", AddressMap = "__bpf_usdt_ip_to_spec_id";
    private const int MostArguments = 12, ArgumentSize = 16, CookieOffset = MostArguments * ArgumentSize, CountOffset = CookieOffset + 8;
    private const int TypeOffset = 8, RegisterOffset = 12, SignOffset = 14, ShiftOffset = 15;
    private const uint Constant = 0, Register = 1, Memory = 2;

    private readonly KernelMap? specs, addresses;
    private readonly Dictionary<(string Arguments, ulong Cookie), int> known = [];

    internal UsdtSpecs(IReadOnlyDictionary<string, KernelMap> maps) =>
        (specs, addresses) = (maps.GetValueOrDefault(SpecMap), maps.GetValueOrDefault(AddressMap));

    /// <summary>Whether the object's programs read arguments in libbpf's way; others are told the attachment's own cookie.</summary>
    internal bool AreUsed => specs is not null;

    /// <summary>The number that a probe's cookie has to be.</summary>
    /// <exception cref="BpfException">An argument lies where no program reads, or there are more probes than the object has room for.</exception>
    internal int Add(string name, in UsdtProbe probe, ulong cookie)
    {
        if (known.TryGetValue((probe.Arguments, cookie), out int number))
            return number;
        number = known.Count;
        if (number >= specs!.MaxEntries)
            throw Failure(name, $"the object has room for {specs.MaxEntries} kinds of probes (BPF_USDT_MAX_SPEC_CNT)");
        specs.Update(BitConverter.GetBytes(number), Encode(name, probe, cookie));
        known.Add((probe.Arguments, cookie), number);
        return number;
    }

    /// <summary>Says which number a probe at an address of a process has, for kernels without cookies.</summary>
    internal void SetAddress(ulong address, int number)
    {
        if (addresses is not null)
            addresses.Update(BitConverter.GetBytes(address), BitConverter.GetBytes(number));
    }

    private byte[] Encode(string name, in UsdtProbe probe, ulong cookie)
    {
        if (!UsdtArgument.TryParseAll(probe.Arguments, out UsdtArgument[] arguments) || arguments.Length > MostArguments)
            throw Failure(name, $"its arguments, '{probe.Arguments}', are more than {MostArguments} or in places that no program can read");
        byte[] spec = new byte[specs!.ValueSize];
        if (spec.Length < CountOffset + sizeof(short))
            throw Failure(name, $"the object's map {SpecMap} has another layout than usdt.bpf.h gives it");
        for (int i = 0; i < arguments.Length; i++)
            Encode(name, arguments[i], spec.AsSpan(i * ArgumentSize));
        BinaryPrimitives.WriteUInt64LittleEndian(spec.AsSpan(CookieOffset), cookie);
        BinaryPrimitives.WriteInt16LittleEndian(spec.AsSpan(CountOffset), (short)arguments.Length);
        return spec;
    }

    private static void Encode(string name, in UsdtArgument argument, Span<byte> place)
    {
        BinaryPrimitives.WriteInt64LittleEndian(place, argument.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(place[TypeOffset..], argument.Register is null ? Constant : argument.IsMemory ? Memory : Register);
        if (argument.Register is { } register)
        {
            int offset = UserRegisters.OffsetOf(register, RuntimeInformation.ProcessArchitecture)
                ?? throw Failure(name, $"its argument is in the register '{register}', which no program can read");
            BinaryPrimitives.WriteInt16LittleEndian(place[RegisterOffset..], (short)offset);
        }
        place[SignOffset] = argument.IsSigned ? (byte)1 : (byte)0;
        place[ShiftOffset] = (byte)(64 - argument.Size * 8);
    }

    private static BpfException Failure(string name, string problem) => new($"attach {name}", "BPF_MAP_UPDATE_ELEM", Errno.Invalid, problem);
}
