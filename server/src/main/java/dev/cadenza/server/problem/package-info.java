/**
 * What can go wrong with a request, once for HTTP and the command line: {@link dev.cadenza.server.problem.ProblemType}
 * lists it, {@link dev.cadenza.server.problem.ProblemException} carries it.
 */
@NullMarked
package dev.cadenza.server.problem;

import org.jspecify.annotations.NullMarked;
