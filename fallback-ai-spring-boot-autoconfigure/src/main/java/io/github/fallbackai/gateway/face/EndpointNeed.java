// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.face;

import java.util.function.Predicate;

import io.github.fallbackai.endpoint.Endpoint;

/**
 * What only some endpoints can do, and a request cannot do without.
 *
 * @param met whether an endpoint can do it
 * @param unmet what the client is told if no endpoint of the chain can
 */
public record EndpointNeed(Predicate<Endpoint> met, GatewayError unmet) {

}
