package seenby.message;

/**
 * The answer to a send.
 *
 * @param recipients how many owe a receipt; 0 while receipts are off
 * @param again whether it was sent before, under the same client id
 */
public record Sent(Message message, long recipients, boolean again) {}
