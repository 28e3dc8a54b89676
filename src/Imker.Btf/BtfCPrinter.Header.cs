namespace Imker.Btf;

public sealed partial class BtfCPrinter
{
    private const string Start = """
        #ifndef __VMLINUX_H__
        #define __VMLINUX_H__

        #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
        #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
        #endif

        """;

    private const string End = """
        #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
        #pragma clang attribute pop
        #endif

        #endif /* __VMLINUX_H__ */
        """;

    // The compiler has it already.
    private static ReadOnlySpan<byte> BuiltInTypedef => "__builtin_va_list"u8;

    /// <summary>
    /// Writes all types of the file, and those of its base that they need, in an order that C accepts: what a struct holds comes
    /// before it, what it only points to is declared at least.
    /// </summary>
    public static void WriteHeader(BtfFile file, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(writer);
        WriteLine(writer, Start);
        var order = new BtfCOrder(new BtfCPrinter(file), writer);
        HashSet<BtfType> used = UsedEnums(file);
        foreach (BtfType type in file.OwnTypes)
        {
            if (type.Kind is BtfKind.Enum or BtfKind.Enum64 && !used.Contains(type))
                order.DefineEnum(type);
            else if (type.Kind is BtfKind.Struct or BtfKind.Union or BtfKind.Typedef or BtfKind.Forward && !type.NameBytes.IsEmpty)
                order.Need(type, whole: true);
        }
        WriteLine(writer, End);
    }

    // Enums without a name that something is made of are written there; the others stand for themselves.
    private static HashSet<BtfType> UsedEnums(BtfFile file)
    {
        var used = new HashSet<BtfType>();
        foreach (BtfType type in file.OwnTypes)
        {
            if (type.Kind is BtfKind.Struct or BtfKind.Union)
                used.UnionWith(type.Members.Select(m => m.Type));
            else if (type.Kind == BtfKind.FunctionPrototype)
                used.UnionWith(type.Parameters.Select(p => p.Type).Append(type.Target));
            else if (type.Kind == BtfKind.Array || BtfLayout.HasTarget(type.Kind))
                used.Add(type.Target);
        }
        used.RemoveWhere(t => t.Kind is not (BtfKind.Enum or BtfKind.Enum64) || !t.NameBytes.IsEmpty);
        return used;
    }

    // The same bytes on every machine.
    private static void WriteLine(TextWriter writer, string text) => writer.Write(text + "\n");

    /// <summary>Writes each definition once, after what it is made from.</summary>
    private sealed class BtfCOrder(BtfCPrinter printer, TextWriter writer)
    {
        private readonly HashSet<BtfType> begun = [];
        private readonly HashSet<string> declared = [];

        // The struct whose members are looked at: what its own members say of it needs no declaration.
        private BtfType? open;

        /// <param name="whole">Whether its size must be known; else that it exists.</param>
        public void Need(BtfType type, bool whole)
        {
            CheckDepth(type);
            switch (type.Kind)
            {
                case BtfKind.Struct or BtfKind.Union when type.NameBytes.IsEmpty:
                    NeedMembers(type);
                    break;
                case BtfKind.Struct or BtfKind.Union when whole:
                    DefineStruct(type);
                    break;
                case BtfKind.Struct or BtfKind.Union or BtfKind.Forward:
                    DeclareStruct(type);
                    break;
                case BtfKind.Enum or BtfKind.Enum64 when !type.NameBytes.IsEmpty:
                    DefineEnum(type);
                    break;
                case BtfKind.Typedef:
                    DefineTypedef(type, whole);
                    break;
                case BtfKind.Pointer:
                    Need(type.Target, whole: false);
                    break;
                case BtfKind.Array:
                    Need(type.Target, whole: true);
                    break;
                case BtfKind.FunctionPrototype:
                    foreach (BtfParameter parameter in type.Parameters)
                        Need(parameter.Type, whole: false);
                    Need(type.Target, whole: false);
                    break;
                case var kind when BtfLayout.IsModifier(kind):
                    Need(type.Target, whole);
                    break;
            }
        }

        private void NeedMembers(BtfType type)
        {
            printer.Inlined(type, indent: 0);
            foreach (BtfMember member in type.Members)
                Need(member.Type, whole: true);
        }

        private void DefineStruct(BtfType type)
        {
            if (!begun.Add(type))
                return;
            BtfType? outer = open;
            open = type;
            foreach (BtfMember member in type.Members)
                Need(member.Type, whole: true);
            open = outer;
            declared.Add(printer.Specifier(type, indent: 0));
            Write(printer.Define(type));
        }

        private void DeclareStruct(BtfType type)
        {
            string specifier = printer.Specifier(type, indent: 0);
            if (open != type && declared.Add(specifier))
                Write(specifier);
        }

        public void DefineEnum(BtfType type)
        {
            if (begun.Add(type))
                Write(printer.Define(type));
        }

        private void DefineTypedef(BtfType type, bool whole)
        {
            if (type.NameBytes.SequenceEqual(BuiltInTypedef))
                return;
            if (whole)
                Need(type.Target, whole: true);
            if (!begun.Add(type))
                return;
            BtfType? outer = open;
            open = null;
            Need(type.Target, whole: false);
            open = outer;
            Write(printer.Define(type));
        }

        private void Write(string definition) => WriteLine(writer, $"{definition};\n");
    }
}
