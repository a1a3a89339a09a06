// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Shows how many requests wait for a connection, for each host that an endpoint is at.
 */
public final class ConnectionMeters implements MeterBinder {

	private final Map<String, URI> hosts = new LinkedHashMap<>();

	private final ToIntFunction<URI> pending;

	/**
	 * Creates the binder.
	 * @param addresses addresses of the endpoints; those without a host are left out
	 * @param pending tells how many requests wait for the host of an address
	 */
	public ConnectionMeters(Collection<URI> addresses, ToIntFunction<URI> pending) {
		for (URI address : addresses) {
			if (address.getHost() != null) {
				String host = (address.getPort() >= 0) ? address.getHost() + ':' + address.getPort()
						: address.getHost();
				this.hosts.putIfAbsent(host, address);
			}
		}
		this.pending = pending;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.hosts.forEach((host, address) -> Gauge
			.builder("fallback.ai.connections.pending", this.pending, (asked) -> asked.applyAsInt(address))
			.description("Requests that wait because every connection to the host is in use")
			.tags("host", host)
			.register(registry));
	}

}
