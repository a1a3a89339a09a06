// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.util.List;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The chaos panel's side of the server: shows every provider and breaks the simulated
 * ones.
 */
@RestController
@RequestMapping("/api/providers")
class ProviderController {

	private final AiFallbackOperations ai;

	private final @Nullable SimulatedProviders simulatedProviders;

	ProviderController(AiFallbackOperations ai, ObjectProvider<SimulatedProviders> simulatedProviders) {
		this.ai = ai;
		this.simulatedProviders = simulatedProviders.getIfAvailable();
	}

	@GetMapping
	List<ProviderView> list() {
		ChainStatus chain = this.ai.status().defaultChain();
		return chain.endpoints().stream().map((endpoint) -> view(endpoint, chain.active())).toList();
	}

	@PutMapping("/{name}")
	Mono<List<ProviderView>> change(@PathVariable String name, @RequestBody ModeChange change) {
		SimulatedProvider provider = simulated(name);
		ChaosMode mode = ChaosMode.find(change.mode())
			.orElseThrow(
					() -> refusal(HttpStatus.BAD_REQUEST, "The body needs a 'mode', one of " + ChaosMode.ids() + "."));
		// Closing and opening a port blocks.
		return Mono.fromRunnable(() -> provider.change(mode))
			.subscribeOn(Schedulers.boundedElastic())
			.then(Mono.fromSupplier(this::list));
	}

	private SimulatedProvider simulated(String name) {
		if (this.simulatedProviders == null) {
			throw refusal(HttpStatus.CONFLICT,
					"These are real providers, or those of another instance, " + "which cannot be broken from here. "
							+ "Start with SPRING_PROFILES_ACTIVE=demo for simulated ones.");
		}
		return this.simulatedProviders.find(name)
			.orElseThrow(() -> refusal(HttpStatus.NOT_FOUND,
					"There is no such provider, only " + this.simulatedProviders.names() + "."));
	}

	private ProviderView view(EndpointStatus endpoint, @Nullable EndpointStatus active) {
		SimulatedProvider simulated = (this.simulatedProviders != null)
				? this.simulatedProviders.find(endpoint.name()).orElse(null) : null;
		return ProviderView.of(endpoint, simulated, endpoint.equals(active));
	}

	private static ResponseStatusException refusal(HttpStatus status, String reason) {
		return new ResponseStatusException(status, reason);
	}

}
