package seenby.checker;

/** A message as the server answers it. */
public record StoredMessage(String group, long id, String sender, String text) {
    @Override
    public String toString() {
        return "%s %d \"%s\"".formatted(group, id, text);
    }
}
