// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The answer to a request that a provider's policy refused: an empty one that says so. If
 * an endpoint that speaks Anthropic refused it, the answer says why, in its words.
 */
final class PolicyRefusal {

	private static final String ANTHROPIC = "anthropic";

	private static final Set<FailureKind> KINDS = Set.of(FailureKind.CONTENT_FILTERED, FailureKind.REFUSED);

	private final ModelNames models;

	PolicyRefusal(ModelNames models) {
		this.models = models;
	}

	Mono<ChatResponse> answered(Mono<ChatResponse> answer) {
		return answer.onErrorResume(RequestRefusedException.class, (refused) -> {
			ChatResponse refusal = of(refused);
			return (refusal != null) ? Mono.just(refusal) : Mono.error(refused);
		});
	}

	Flux<RelayedEvent> answered(Flux<RelayedEvent> events) {
		return events.onErrorResume(RequestRefusedException.class, (refused) -> {
			ChatResponse refusal = of(refused);
			return (refusal != null) ? Flux
				.just(new RelayedEvent(new ChatEvent.Completed(refusal), refusal.endpoint(), refusal.model(), false))
					: Flux.error(refused);
		});
	}

	private @Nullable ChatResponse of(RequestRefusedException refused) {
		List<Attempt> attempts = refused.attempts();
		if (!KINDS.contains(refused.kind()) || attempts.isEmpty()) {
			return null;
		}
		Attempt last = attempts.get(attempts.size() - 1);
		boolean own = this.models.api(last.endpoint()) == ApiKind.ANTHROPIC;
		AssistantMessage nothing = new AssistantMessage(List.of(), own ? details(refused) : null);
		return ChatResponse.builder()
			.message(nothing)
			.finishReason(FinishReason.CONTENT_FILTER)
			.endpoint(last.endpoint())
			.model(last.model())
			.attempts(attempts)
			.build();
	}

	private static @Nullable ProviderState details(RequestRefusedException refused) {
		if (refused.providerMessage() == null && refused.providerCode() == null) {
			return null;
		}
		ObjectNode state = GatewayJson.object();
		state.putObject("stop_details")
			.put("type", "refusal")
			.put("category", refused.providerCode())
			.put("explanation", refused.providerMessage());
		return new ProviderState(null, ANTHROPIC, GatewayJson.text(state));
	}

}
