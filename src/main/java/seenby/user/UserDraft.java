package seenby.user;

/** A user that is to be created. */
public record UserDraft(UserId id, Name name, boolean admin, Token token) {}
