using System.Text.RegularExpressions;
using Imker.TableGenerator;
using Imker.TestKit;

namespace Imker.Bytecode.Tests;

public sealed partial class TableTests
{
    [Fact]
    public void Generated_files_are_what_the_tables_give()
    {
        string root = Machine.RepositoryRoot;
        foreach (GeneratedFile file in GeneratedFile.All(root))
            Assert.True(file.IsCurrent(root), $"{file.Path} is out of date: run dotnet run --project eng/Imker.TableGenerator");
    }

    [Fact]
    public void Helpers_are_found_by_number_and_by_name()
    {
        Assert.Equal(211, HelperTable.All.Length);
        Assert.All(HelperTable.All, (helper, index) => Assert.Equal(index + 1, (int)helper.Id));
        Assert.All(HelperTable.All, helper => Assert.True(HelperTable.TryGet(helper.Name, out var same) && same == helper));
        Assert.False(HelperTable.TryGet(0, out _));
        Assert.False(HelperTable.TryGet(212, out _));
        Assert.False(HelperTable.TryGet("bpf_map_lookup", out _));
    }

    [Fact]
    public void A_prototype_tells_what_the_verifier_asks_for()
    {
        HelperPrototype update = HelperTable.Get(HelperId.MapUpdateElem);
        Assert.Equal("bpf_map_update_elem(map, key, value, flags)", update.ToString());
        Assert.Equal(
            [HelperArgumentKind.Map, HelperArgumentKind.MapKey, HelperArgumentKind.MapValue, HelperArgumentKind.Anything],
            update.Arguments.Select(argument => argument.Kind));

        HelperPrototype reserve = HelperTable.Get(HelperId.RingbufReserve);
        Assert.Equal((HelperReturnKind.RingBufferRecord, true), (reserve.Return.Kind, reserve.Return.MayBeNull));
        Assert.Equal(HelperArgumentKind.AllocationSize, reserve.Arguments[1].Kind);
        Assert.True(HelperTable.Get(HelperId.RingbufSubmit).Arguments[0].Releases);

        Assert.Equal(MemoryAccess.Write, HelperTable.Get(HelperId.ProbeReadUserStr).Arguments[0].Access);
        Assert.True(HelperTable.Get(HelperId.ProbeReadUserStr).GplOnly);
        Assert.Equal("task_struct", HelperTable.Get(HelperId.GetCurrentTaskBtf).Return.BtfType);
        Assert.True(HelperTable.Get(HelperId.Loop).TakesCallback);
    }

    // A length stands behind each memory and nowhere else, or the verifier could not check either.
    [Fact]
    public void Memory_and_its_length_come_in_pairs()
    {
        foreach (HelperPrototype helper in HelperTable.All)
        {
            for (int i = 0; i < helper.Arguments.Length; i++)
            {
                bool isSize = helper.Arguments[i].Kind is HelperArgumentKind.Size or HelperArgumentKind.SizeOrZero;
                bool followsMemory = i > 0 && helper.Arguments[i - 1].Kind == HelperArgumentKind.Memory;
                Assert.True(isSize == followsMemory || helper.Id == HelperId.Strncmp, $"{helper.Name}, argument {i + 1}");
            }
        }
    }

    [Fact]
    public void Kernel_constants_are_found_by_value_and_by_either_name()
    {
        Assert.True(KernelConstants.MapTypes.TryGet("BPF_MAP_TYPE_PERCPU_HASH", out var perCpuHash));
        Assert.Equal((MapType.PerCpuHash, "percpu_hash", new Version(4, 6)), (perCpuHash.Value, perCpuHash.ShortName, perCpuHash.Since));
        Assert.True(KernelConstants.ProgramTypes.TryGet("sched_cls", out var classifier));
        Assert.Equal(ProgramType.SchedCls, classifier.Value);
        Assert.Equal("trace_uprobe_multi", KernelConstants.AttachTypes.NameOf(AttachType.TraceUprobeMulti));
        Assert.Equal("777", KernelConstants.LinkTypes.NameOf((LinkType)777));
    }

    // The headers of whatever release is installed (of Debian, which does not backport features): what it has must be what the tables
    // say that it has, under the same numbers.
    [Fact]
    public void The_installed_kernel_header_agrees()
    {
        const string Directory = "/usr/include/linux";
        Assert.SkipUnless(File.Exists($"{Directory}/bpf.h"), "no kernel headers are here: apt-get install linux-libc-dev");
        string header = Comment().Replace(File.ReadAllText($"{Directory}/bpf.h"), "");
        int code = int.Parse(Regex.Match(File.ReadAllText($"{Directory}/version.h"), @"LINUX_VERSION_CODE (\d+)").Groups[1].Value);
        var release = new Version(code >> 16, code >> 8 & 0xff);

        AssertAgrees(Members(header, "bpf_prog_type"), KernelConstants.ProgramTypes, release);
        AssertAgrees(Members(header, "bpf_map_type"), KernelConstants.MapTypes, release);
        AssertAgrees(Members(header, "bpf_attach_type"), KernelConstants.AttachTypes, release);
        AssertAgrees(Members(header, "bpf_link_type"), KernelConstants.LinkTypes, release);
        string[] helpers = [.. Helper().Matches(header).Select(match => "bpf_" + match.Groups[1].Value)];
        Assert.Equal(helpers.Skip(1), HelperTable.All.Where(helper => helper.Since <= release).Select(helper => helper.Name));
    }

    private static void AssertAgrees<T>(Dictionary<string, int> members, KernelConstantTable<T> table, Version release)
        where T : struct, Enum
    {
        Assert.NotEmpty(members);
        foreach (KernelConstant<T> constant in table.All)
        {
            int? expected = constant.Since <= release ? Convert.ToInt32(constant.Value) : null;
            int? actual = members.TryGetValue(constant.Name, out int value) ? value : null;
            Assert.Equal((constant.Name, expected), (constant.Name, actual));
        }
    }

    private static Dictionary<string, int> Members(string header, string enumeration)
    {
        Match declaration = Regex.Match(header, $@"enum {enumeration} \{{(.*?)\}};", RegexOptions.Singleline);
        var values = new Dictionary<string, int>();
        int next = 0;
        foreach (string member in declaration.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = member.Split('=', StringSplitOptions.TrimEntries);
            if (parts.Length == 2)
                next = values.TryGetValue(parts[1], out int same) ? same : int.Parse(parts[1]);
            values[parts[0]] = next++;
        }
        return values;
    }

    // FN(map_lookup_elem) up to 6.1, FN(map_lookup_elem, 1, ##ctx) since.
    [GeneratedRegex(@"^\s+FN\((\w+)[,)]", RegexOptions.Multiline)]
    private static partial Regex Helper();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
