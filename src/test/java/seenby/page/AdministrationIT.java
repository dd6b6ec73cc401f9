package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** Administration on the page: admins and owners create, change and delete users and groups. */
@ResourceLock(Chromium.LOCK)
class AdministrationIT {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob");
    private final ApiClient ann = people.get(0);
    private final ApiClient bob = people.get(1);

    private static Locator field(Visitor visitor, String label) {
        return visitor.dialog().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    private static void press(Visitor visitor, String button) {
        visitor.dialog()
                .last()
                .getByText(button, new Locator.GetByTextOptions().setExact(true))
                .last()
                .click();
    }

    @Test
    void anAdminCreatesAUserAndSeesTheTokenOnce() {
        Visitor admin = BROWSER.as(SERVER.admin());
        admin.button("People").click();
        field(admin, "Id").fill("Zoë");
        press(admin, "Create");
        assertThat(field(admin, "Id")).hasAttribute("aria-invalid", "true");
        assertThat(admin.dialog().getByRole(AriaRole.ALERT).first()).containsText("An id has up to 64 characters");

        String id = "zoe-" + ann.id();
        field(admin, "Id").fill(id);
        field(admin, "Name (optional)").fill("Zoë Q");
        press(admin, "Create");

        String token = admin.dialog().last().locator(".token").inputValue();
        ApiClient zoe = new ApiClient(SERVER::port, id, token);
        assertEquals("Zoë Q", zoe.get("/v1/me").expect(200).json().get("name").asText());
        for (String key : List.of("Enter", "Escape", "Escape")) {
            admin.page().keyboard().press(key);
        }
        admin.page().mouse().click(5, 5);
        assertThat(admin.page().locator(".token")).hasValue(token);
        press(admin, "I have saved it");
        assertThat(admin.page().locator(".token")).hasCount(0);
        assertThat(admin.dialog().locator(".rows li").filter(new Locator.FilterOptions().setHasText(id)))
                .hasCount(1);
    }

    @Test
    void theTokenCanBeCopied() {
        Visitor admin = BROWSER.as(SERVER.admin());
        admin.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        admin.button("People").click();
        admin.button("New token: " + bob.id()).click();
        press(admin, "New token");
        assertThat(admin.page().locator(".token")).isVisible();

        press(admin, "Copy");

        assertThat(admin.button("Copied")).isVisible();
        assertThat(admin.dialog().last()).containsText("The token is on your clipboard");
        Object copied = admin.page().evaluate("navigator.clipboard.readText()");
        new ApiClient(SERVER::port, bob.id(), String.valueOf(copied))
                .get("/v1/me")
                .expect(200);
        bob.get("/v1/me").expect(401);
    }

    @Test
    void anAdminWhoRenewsTheOwnTokenSeesTheNewOneBeforeSigningInAgain() {
        ApiClient second = SERVER.admin().newUser(Map.<String, Object>of("id", "second-" + ann.id(), "admin", true));
        Visitor admin = BROWSER.as(second);
        admin.button("People").click();
        admin.button("New token: " + second.id()).click();
        press(admin, "New token");

        assertThat(admin.page().locator("#sign-in")).isVisible();
        String token = admin.page().locator(".token").inputValue();
        press(admin, "I have saved it");

        assertThat(admin.page().locator("#token")).isFocused();
        admin.signIn(new ApiClient(SERVER::port, second.id(), token));
    }

    @Test
    void aUserCreatesAGroupWithMembers() {
        String id = "new-" + ann.id();
        Visitor owner = BROWSER.as(ann);
        owner.button("New group").click();
        field(owner, "Id").fill(id);
        field(owner, "Name").fill("Fresh");
        field(owner, "Find people").fill(bob.id());
        owner.dialog().getByRole(AriaRole.CHECKBOX).check();
        press(owner, "Create group");

        assertThat(owner.page().locator(".conversation h2")).hasText("Fresh");
        assertThat(owner.page().locator(".conversation .bar p")).hasText("2 members");
        bob.get("/v1/groups/" + id).expect(200);
    }

    @Test
    void anOwnerChangesTheGroup() {
        String group = SERVER.group(ann);
        Visitor owner = BROWSER.as(ann).open(group);
        owner.button("Group").click();
        field(owner, "Find people").fill(bob.id());
        owner.dialog().getByRole(AriaRole.CHECKBOX).check();
        press(owner, "Add people");
        assertThat(owner.dialog().locator(".rows li")).hasCount(2);
        bob.get("/v1/groups/" + group).expect(200);

        owner.button("Remove " + bob.id()).click();
        press(owner, "Remove " + bob.id());
        assertThat(owner.dialog().locator(".rows li")).hasCount(1);
        bob.get("/v1/groups/" + group).expect(404);

        field(owner, "Name").fill("Renamed");
        field(owner, "Who sees who has read a message").selectOption("members");
        press(owner, "Save");
        assertThat(owner.page().locator(".conversation h2")).hasText("Renamed");
        Answer shown = ann.get("/v1/groups/" + group).expect(200);
        assertEquals("members", shown.json().get("receipts").asText());
    }

    @Test
    void deletingAGroupNeedsAConfirmation() {
        String group = SERVER.group(ann, bob);
        Visitor owner = BROWSER.as(ann).open(group);
        owner.button("Group").click();
        press(owner, "Delete group");
        press(owner, "Cancel");
        ann.get("/v1/groups/" + group).expect(200);

        owner.dialog().first().locator(".endings").getByText("Delete group").click();
        owner.dialog().last().locator("button.danger").click();

        assertThat(owner.page().locator("a.group")).hasCount(0);
        ann.get("/v1/groups/" + group).expect(404);
    }

    @Test
    void aMemberCanLeaveButChangeNothing() {
        String group = SERVER.group(ann, bob);
        Visitor member = BROWSER.as(bob).open(group);
        member.button("Group").click();
        assertThat(member.dialog().locator(".rows li")).hasCount(2);
        assertThat(member.dialog().locator("form, .rows button")).hasCount(0);

        press(member, "Leave group");
        member.dialog().last().locator("button.danger").click();

        assertThat(member.page().locator("a.group")).hasCount(0);
        bob.get("/v1/groups/" + group).expect(404);
    }

    @Test
    void anAdminManagesAGroupWithoutBeingAMember() {
        String group = SERVER.group(ann);
        Visitor admin = BROWSER.as(SERVER.admin());

        admin.page().locator("button.group[data-id='" + group + "']").click();
        field(admin, "Name").fill("Known to admins");
        press(admin, "Save");

        assertThat(admin.page().locator("button.group[data-id='" + group + "']"))
                .containsText("Known to admins");
    }

    @Test
    void aUserChangesTheNameAndTurnsReadReceiptsOff() {
        Visitor visitor = BROWSER.as(bob);
        visitor.button("Your account").click();
        field(visitor, "Name").fill("Bobby");
        field(visitor, "Tell others what I have read").uncheck();

        press(visitor, "Save");

        assertThat(visitor.page().locator("#account")).containsText("Bobby");
        JsonNode me = bob.get("/v1/me").expect(200).json();
        assertEquals("Bobby", me.get("name").asText());
        assertFalse(me.get("send_read_receipts").asBoolean());
    }
}
