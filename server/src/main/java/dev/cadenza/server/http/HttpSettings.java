package dev.cadenza.server.http;

import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.jetty.HttpLimits;
import dev.cadenza.server.http.jetty.Listening;

/**
 * How a server answers.
 *
 * @param where it listens
 * @param limits of what clients may ask
 * @param rules which clients the public listener answers
 * @param version of this server
 * @param engine version of what runs the models; both versions are part of every entity tag
 */
public record HttpSettings(Listening where, HttpLimits limits, ClientRules rules, String version, String engine) {}
