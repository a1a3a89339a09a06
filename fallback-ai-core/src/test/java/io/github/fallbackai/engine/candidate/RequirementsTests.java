// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.engine.ScriptedEndpoint;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.CallSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who can serve a request at all.
 */
class RequirementsTests {

	private final ScriptedEndpoint first = endpoint("first", (endpoint) -> endpoint.modelGroup("g"));

	private final ScriptedEndpoint twin = endpoint("twin", (endpoint) -> endpoint.modelGroup("g"));

	private final ScriptedEndpoint other = endpoint("other",
			(endpoint) -> endpoint.contextWindow(100).capabilities(EnumSet.noneOf(Capability.class)));

	@ParameterizedTest
	@CsvSource({ "ANY_MODEL, , , ", "SAME_MODEL, , , OTHER_MODEL", "NONE, , SWITCH_FORBIDDEN, SWITCH_FORBIDDEN" })
	void theScopeForbidsOthersThanTheFirst(FallbackScope scope, SkipReason first, SkipReason twin, SkipReason other) {
		ChatRequest asked = request((request) -> request.options(ChatOptions.DEFAULTS.withFallbackScope(scope)));
		assertThat(obstacles(chain(FallbackScope.ANY_MODEL), asked)).containsExactly(first, twin, other);
		assertThat(obstacles(chain(scope), ChatRequest.of("hello"))).containsExactly(first, twin, other);
		CandidateChain configured = chain(scope);
		Requirements neutral = Requirements.neutral(configured, configured.order());
		assertThat(configured.candidates()).extracting(neutral::obstacle).containsExactly(first, twin, other);
	}

	@Test
	void theRequestsScopeWinsOverTheChains() {
		ChatRequest any = request(
				(request) -> request.options(ChatOptions.DEFAULTS.withFallbackScope(FallbackScope.ANY_MODEL)));
		assertThat(obstacles(chain(FallbackScope.NONE), any)).containsOnlyNulls();
	}

	@Test
	void onlyAllowedEndpointsAreAsked() {
		ChatRequest asked = request(
				(request) -> request.options(ChatOptions.DEFAULTS.withAllowedEndpoints(Set.of("twin"))));
		assertThat(obstacles(asked)).containsExactly(SkipReason.NOT_ALLOWED, null, SkipReason.NOT_ALLOWED);
	}

	@Test
	void toolsNeedAModelThatCallsThem() {
		assertThat(obstacles(request((request) -> request.tool(new ToolDefinition("clock", "Tells the time", "{}")))))
			.containsExactly(null, null, SkipReason.CAPABILITY_MISSING);
		assertThat(obstacles(request((request) -> request.message(ChatMessage.toolResult("1", "noon")))))
			.containsExactly(null, null, SkipReason.CAPABILITY_MISSING);
	}

	@Test
	void imagesNeedAModelThatSees() {
		ImagePart image = new ImagePart(URI.create("https://example.org/cat.png"));
		assertThat(obstacles(request((request) -> request.message(ChatMessage.user(image))))).containsExactly(null,
				null, SkipReason.CAPABILITY_MISSING);
	}

	@Test
	void schemasNeedAModelThatFollowsThemButPlainJsonDoesNot() {
		assertThat(obstacles(request((request) -> request.responseFormat(ResponseFormat.jsonSchema("answer", "{}")))))
			.containsExactly(null, null, SkipReason.CAPABILITY_MISSING);
		assertThat(obstacles(request((request) -> request.responseFormat(ResponseFormat.JSON_OBJECT))))
			.containsOnlyNulls();
	}

	@Test
	void aRequestThatAProviderCannotExpressGoesElsewhere() {
		this.first.unsupported = "no seed here";
		assertThat(obstacles(ChatRequest.of("hello"))).containsExactly(SkipReason.UNSUPPORTED_REQUEST, null, null);
	}

	@ParameterizedTest
	@CsvSource({ "90, 10, ", "90, 11, CONTEXT_WINDOW_TOO_SMALL", "101, , CONTEXT_WINDOW_TOO_SMALL", "100, ," })
	void inputAndAnswerMustFitIntoTheWindow(long input, Integer maxTokens, SkipReason expected) {
		CandidateChain chain = chain(FallbackScope.ANY_MODEL);
		Requirements requirements = Requirements.of(chain, chain.order(),
				request((request) -> request.maxTokens(maxTokens)), (request, endpoint) -> input);
		assertThat(chain.candidates()).extracting(requirements::obstacle).containsExactly(null, null, expected);
	}

	@Test
	void nothingIsEstimatedForWindowsThatAreUnknown() {
		List<String> estimated = new ArrayList<>();
		CandidateChain chain = chain(FallbackScope.ANY_MODEL);
		Requirements.of(chain, chain.order(), ChatRequest.of("hello"), (request, endpoint) -> {
			estimated.add(endpoint.name());
			return 1;
		});
		assertThat(estimated).containsExactly("other");
	}

	private CandidateChain chain(FallbackScope scope) {
		return new CandidateChain("default",
				List.of(this.first.candidate(), this.twin.candidate(), this.other.candidate()),
				CallSettings.builder().fallbackScope(scope).build());
	}

	private List<SkipReason> obstacles(ChatRequest request) {
		return obstacles(chain(FallbackScope.ANY_MODEL), request);
	}

	private static List<SkipReason> obstacles(CandidateChain chain, ChatRequest request) {
		Requirements requirements = Requirements.of(chain, chain.order(), request, (any, endpoint) -> 1);
		return chain.candidates().stream().map(requirements::obstacle).toList();
	}

	private static ChatRequest request(UnaryOperator<ChatRequestBuilder> change) {
		return change.apply(ChatRequest.builder().user("hello")).build();
	}

	private static ScriptedEndpoint endpoint(String name, UnaryOperator<EndpointBuilder> settings) {
		return new ScriptedEndpoint(name, new ArrayList<>(), Schedulers.immediate(), settings);
	}

}
