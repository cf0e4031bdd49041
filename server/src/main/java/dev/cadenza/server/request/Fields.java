package dev.cadenza.server.request;

import dev.cadenza.server.problem.ProblemException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The named values of one request, whatever they were written in. A field that was not sent, or is null in JSON, is
 * empty; one that cannot be what is asked for is a {@link ProblemException} that names it.
 */
public sealed interface Fields permits JsonFields, QueryFields {
    /** The names that were sent. */
    Set<String> names();

    Optional<String> text(String name) throws ProblemException;

    Optional<Boolean> flag(String name) throws ProblemException;

    /** A whole number of 64 bits. */
    OptionalLong integer(String name) throws ProblemException;

    /** A number, possibly infinite when too large for a double: its user checks the range. Never NaN. */
    OptionalDouble number(String name) throws ProblemException;
}
