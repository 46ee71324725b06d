using NesActors.Plugins.Access;

namespace NesActors.Plugins.Tests;

/// <summary>Whose word becomes code, by owner, group and mode.</summary>
public sealed class WriterRuleTests
{
    private const uint Root = 0, Me = 1000, Other = 1001, MyGroup = 1000, Team = 50;
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Group = Mine | UnixFileMode.GroupWrite, Everybody = Mine | UnixFileMode.OtherWrite, Sticky = Everybody | UnixFileMode.StickyBit;

    private static readonly WriterRule Rule = new(Me, group => group == MyGroup);

    public static TheoryData<uint, uint, UnixFileMode, string?> Paths => new()
    {
        { Me, MyGroup, Mine, null },
        { Root, Root, Mine, null },
        { Me, MyGroup, Group, null },
        { Other, MyGroup, Mine, "belongs to another user (number 1001)" },
        { Me, Team, Group, "may be written by a group of users (number 50)" },
        { Root, Team, Group, "may be written by a group of users (number 50)" },
        { Me, MyGroup, Everybody, "may be written by everybody" },
        { Me, MyGroup, Sticky, "may be written by everybody" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void Trusts_the_user_and_root_and_a_group_that_is_the_user_s_alone(uint user, uint group, UnixFileMode mode, string? objection) =>
        Assert.Equal(objection, Rule.Objection(new PathOwner(user, group, mode)));

    [Fact]
    public void Trusts_those_with_the_program_s_plugins_who_can_replace_the_program()
    {
        var rule = new WriterRule(Me, _ => false, new PathOwner(Other, Team, Group));
        Assert.Null(rule.Objection(new PathOwner(Other, Team, Group)));
        Assert.NotNull(rule.Objection(new PathOwner(Other, Team, Everybody)));
        Assert.NotNull(rule.Objection(new PathOwner(Other, Team + 1, Group)));
        Assert.NotNull(rule.Objection(new PathOwner(Other + 1, Team, Mine)));
    }

    [Fact]
    public void Whoever_may_only_add_to_the_folder_of_the_program_may_not_write_its_plugins() =>
        Assert.NotNull(new WriterRule(Me, _ => false, new PathOwner(Root, Root, Sticky)).Objection(new PathOwner(Me, MyGroup, Everybody)));

    [Fact]
    public void A_folder_in_which_everybody_can_rename_all_protects_nothing_below_it()
    {
        Assert.NotNull(WriterRule.ObjectionAbove(new PathOwner(Root, Root, Everybody)));
        Assert.Null(WriterRule.ObjectionAbove(new PathOwner(Root, Root, Sticky)));
        Assert.Null(WriterRule.ObjectionAbove(new PathOwner(Other, Team, Group)));
    }

    [Theory]
    [InlineData("me:x:1000:1000::/home/me:/bin/sh", "me:x:1000:", true)]
    [InlineData("me:x:1000:1000::/home/me:/bin/sh", "me:x:1000:me", true)]
    [InlineData("me:x:1000:1000::/home/me:/bin/sh", "me:x:1000:me,other", false)]
    [InlineData("me:x:1000:1000::/home/me:/bin/sh\nother:x:1001:1000::/home/other:/bin/sh", "me:x:1000:", false)]
    [InlineData("me:x:1000:100::/home/me:/bin/sh", "me:x:1000:", false)]
    [InlineData("", "", false)]
    [InlineData("me:x\n:::\nme:x:1000:many", "me", false)]
    public void A_group_is_private_where_nobody_else_is_in_it(string passwd, string group, bool isPrivate) =>
        Assert.Equal(isPrivate, new UserGroups(passwd.Split('\n'), group.Split('\n')).IsPrivate(MyGroup, Me));
}
