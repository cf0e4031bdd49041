package dev.cadenza.server.request;

import dev.cadenza.generation.Prompt;

/**
 * A prompt as it was sent.
 *
 * @param prompt what was read from it
 * @param sha256 of what was sent, 64 hexadecimal digits: it stands for the prompt in the answer's entity tag
 */
public record PromptInput(Prompt prompt, String sha256) {}
