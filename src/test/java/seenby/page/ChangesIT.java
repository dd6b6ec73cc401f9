package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Names, members and policies that change while the page is open are seen without a reload. */
@ResourceLock(Chromium.SECOND_LOCK)
class ChangesIT {
    private static final String ARABIC = "\u0623\u062d\u0645\u062f";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob", "eve", "zoe");
    private final ApiClient ann = people.get(0);
    private final ApiClient bob = people.get(1);
    private final ApiClient eve = people.get(2);
    private final ApiClient zoe = people.get(3);
    private final String group = SERVER.group(ann, bob, eve);

    private static void rename(ApiClient user, String name) {
        user.patch("/v1/me", Map.of("name", name)).expect(200);
    }

    /** The page asks for changes each 25 s, and when its tab is shown again. */
    private static void lookAgain(Visitor visitor) {
        visitor.hideTab();
        visitor.showTab();
    }

    @Test
    void newNamesAreSeenWhereverTheyStand() {
        bob.send(group, "Hello");
        long mine = ann.send(group, "Read this");
        bob.ack(group, mine);
        Visitor visitor = BROWSER.as(ann).open(group);
        visitor.receipt(mine).click();
        assertThat(visitor.message(mine).locator(".readers .person")).hasText(bob.id());
        visitor.button("Group").click();
        assertThat(visitor.dialog().locator(".rows li")).hasCount(3);

        rename(bob, "Bob Marsh");
        rename(ann, "Ann Lee");
        ann.patch("/v1/groups/" + group, Map.of("name", "Renamed")).expect(200);
        lookAgain(visitor);

        assertThat(visitor.dialog().locator("h2")).hasText("Renamed");
        assertThat(visitor.dialog().getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)))
                .hasValue("Renamed");
        Locator row = visitor.dialog().locator(".rows li").nth(1);
        assertThat(row.locator(".name")).hasText("Bob Marsh");
        assertThat(row.locator(".id")).hasText(bob.id());
        assertThat(visitor.button("Remove Bob Marsh (" + bob.id() + ")")).isVisible();
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.page().locator(".conversation h2")).hasText("Renamed");
        assertThat(visitor.page().locator("a.group .name")).hasText("Renamed");
        assertThat(visitor.page().locator("#account .name")).hasText("Ann Lee");
        assertThat(visitor.page().locator("#account .id")).hasText(ann.id());
        assertThat(visitor.message(1).locator(".who .name")).hasText("Bob Marsh");
        assertThat(visitor.message(1).locator(".who .id")).hasText(bob.id());
        assertThat(visitor.message(mine).locator(".readers .name")).hasText("Bob Marsh");
        bob.send(group, "Me again");
        assertThat(visitor.page().locator("a.group .preview")).hasText("Bob Marsh (" + bob.id() + "): Me again");
    }

    @Test
    void membersAndPoliciesThatOthersChangeAreSeen() {
        long mine = ann.send(group, "Read this");
        bob.send(group, "Mine");
        Visitor visitor = BROWSER.as(ann).open(group);
        assertThat(visitor.receipt(mine)).hasText("Read by none of 2 yet");
        assertThat(visitor.receipt(mine + 1)).hasCount(1);
        assertThat(visitor.receipt(mine + 1)).isHidden();
        visitor.button("Group").click();
        assertThat(visitor.dialog().locator(".rows li")).hasCount(3);

        bob.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        lookAgain(visitor);
        assertThat(visitor.receipt(mine)).hasText("Not read yet");
        SERVER.admin().delete("/v1/groups/" + group + "/members/" + eve.id()).expect(204);
        SERVER.admin()
                .patch("/v1/groups/" + group, Map.of("receipts", "members", "owner", bob.id()))
                .expect(200);
        lookAgain(visitor);

        assertThat(visitor.dialog().locator(".rows li")).hasCount(2);
        assertThat(visitor.dialog().locator(".rows li").nth(1).locator(".tag")).hasText("Owner");
        assertThat(visitor.dialog().locator("form, .rows button")).hasCount(0);
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.page().locator(".conversation .bar p")).hasText("2 members");
        assertThat(visitor.receipt(mine)).hasText("Nobody owes a receipt");
        assertThat(visitor.receipt(mine + 1)).isVisible();

        SERVER.admin().put("/v1/groups/" + group + "/members/" + zoe.id()).expect(201);
        SERVER.admin()
                .patch("/v1/groups/" + group, Map.of("receipts", "sender"))
                .expect(200);
        lookAgain(visitor);

        assertThat(visitor.page().locator(".conversation .bar p")).hasText("3 members");
        assertThat(visitor.receipt(mine + 1)).isHidden();
        assertThat(visitor.receipt(mine)).isVisible();
    }

    @Test
    void aClickIsNotLostWhenItsRowChangesUnderThePointer() {
        Visitor visitor = BROWSER.as(ann);
        visitor.page().locator("a.group").hover();
        visitor.page().mouse().down();
        bob.send(group, "The row shows this");
        assertThat(visitor.page()).hasTitle("(1) Seenby");

        visitor.page().mouse().up();

        assertThat(visitor.page().locator(".conversation")).isVisible();
        assertThat(visitor.page().locator("a.group .preview")).containsText("The row shows this");
    }

    @Test
    void peopleWithOneNameAreToldApartAndNamesDoNotTurnSentences() {
        rename(bob, ARABIC);
        rename(eve, "Twin");
        rename(zoe, "Twin");
        eve.send(group, "Hello");
        Visitor visitor = BROWSER.as(ann).open(group);

        visitor.button("Group").click();

        assertThat(visitor.button("Remove \u2068\u2068" + ARABIC + "\u2069 (" + bob.id() + ")\u2069"))
                .isVisible();
        Locator picker = visitor.dialog().locator(".picker");
        picker.locator("input[type=search]").fill("Twin");
        assertThat(picker.locator("li")).hasCount(1);
        assertThat(picker.locator("li .id")).hasText(zoe.id());
        visitor.button("Close").click();
        visitor.button("Your account").click();
        assertThat(visitor.dialog()).containsText("Your id is " + ann.id());
    }
}
