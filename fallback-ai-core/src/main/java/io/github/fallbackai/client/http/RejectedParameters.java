package io.github.fallbackai.client.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which parameters each endpoint refused, so that it is asked without them from
 * then on. Bounded, and never for parameters without which a request would mean something
 * else. Safe for use by several threads.
 */
final class RejectedParameters {

	private static final Logger logger = LoggerFactory.getLogger(RejectedParameters.class);

	private static final int MOST_PER_ENDPOINT = 8;

	private final Set<String> essential;

	private final Map<EndpointId, Set<String>> names = new ConcurrentHashMap<>();

	/**
	 * Remembers nothing yet.
	 * @param essential the parameters that are never left out
	 */
	RejectedParameters(Set<String> essential) {
		this.essential = essential;
	}

	/** The parameters to leave out, a live view. */
	Set<String> of(Endpoint endpoint) {
		return this.names.getOrDefault(endpoint.id(), Set.of());
	}

	/**
	 * Remembers a refusal.
	 * @param endpoint who refuses
	 * @param name the parameter, one that was sent
	 * @return whether it is left out from now on
	 */
	boolean add(Endpoint endpoint, String name) {
		if (this.essential.contains(name)) {
			return false;
		}
		Set<String> refused = this.names.computeIfAbsent(endpoint.id(), (id) -> ConcurrentHashMap.newKeySet());
		synchronized (refused) {
			if (refused.contains(name)) {
				return true;
			}
			if (refused.size() == MOST_PER_ENDPOINT) {
				return false;
			}
			refused.add(name);
		}
		logger.warn("Endpoint '{}' refuses the parameter '{}', which is left out from now on", endpoint.name(), name);
		return true;
	}

}
