using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Finds out whether programs ask for their cookie: those that do not can be attached where there are no cookies, and share links.</summary>
internal static class CookieUse
{
    internal static bool IsIn(BpfObject source, ProgramSpec program) =>
        ProgramLinker.Link(source, program).Functions.Any(f => f.Spec.Instructions.Any(IsQuestion));

    /// <summary>The attachment with the cookie of each uprobe at its target, or with none when the program does not ask.</summary>
    internal static AttachSpec Settle(AttachSpec attach, bool isAsking) => attach is UprobeAttach uprobe
        ? uprobe with { Cookie = 0, Targets = [.. uprobe.Targets.Select(t => t with { Cookie = isAsking ? OwnOr(t, uprobe) : 0 })] }
        : attach with { Cookie = isAsking ? attach.Cookie : 0 };

    private static ulong OwnOr(UprobeTarget target, UprobeAttach attach) => target.Cookie != 0 ? target.Cookie : attach.Cookie;

    private static bool IsQuestion(Instruction instruction) =>
        instruction is { IsCall: true, CallKind: CallKind.Helper, Constant: (long)HelperId.GetAttachCookie };
}
