// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Recognises what a sentence complains about if {@link KnownSentences} does not list it:
 * it names an account, a key, a right, a model, the prompt or a policy, and says in the
 * same clause what is wrong with that.
 */
final class Complaints {

	/** Providers quote the request, too. A quotation of several words is no complaint. */
	private static final Pattern QUOTATION = pattern(
			"\"[^\"]*\\s[^\"]*\"|`[^`]*\\s[^`]*`|(?<!\\w)'[^']*\\s[^']*'(?!\\w)");

	/** Rate limits recommend payment, too. */
	private static final Pattern RATE = pattern(
			"\\brate[ _-]?limit|\\btoo many requests\\b|\\bper (?:minute|second)\\b|\\bconcurren|\\bthrottl");

	private static final String MONEY = "(?:credits?|balance|quota|funds|allowance|(?<!thinking )(?<!reasoning )budget"
			+ "|free (?:tier|allocation|usage|quota|trial)|(?:usage|spend|spending|monthly|daily) (?:limit|cap|quota)"
			+ "|prepaid|wallet|extra usage)";

	private static final String ACCOUNT = "(?:accounts?|subscription|billing|plan|trial|organi[sz]ation|workspace)";

	private static final String KEY = "(?:api[ _-]?(?:keys?|token)|access[ _-]?(?:token|key)s?|secret[ _-]?keys?"
			+ "|bearer token|credentials?|jwt"
			+ "|(?:auth|authentication|authorization|oauth2?|id|security)[ _-]?(?:token|key|header|credentials))";

	/**
	 * What may have a right. A user may be a role in the conversation, so it is not here.
	 */
	private static final String HOLDER = "(?:you|accounts?|organi[sz]ation|project|team|workspace|credential|principal"
			+ "|(?:your|this|api)[ _-]?key|tenant|authentication method|plan)";

	private static final String CONTENT = "(?:prompt|input|content|output|messages?|request|text|image|response|answer)";

	private static final String POLICY = "(?:(?:usage|content|use|safety|community|our) polic(?:y|ies)|safety|harmful"
			+ "|unsafe|inappropriate|moderation|content filters?|guidelines|terms of (?:use|service))";

	private static final List<Complaint> COMPLAINTS = new ArrayList<>();

	static {
		sizes();
		models();
		money();
		keys();
		rights();
		policies();
	}

	private Complaints() {
	}

	/**
	 * Looks for a complaint.
	 * @param message the provider's words
	 * @param google whether they are Google's, whose rate limits speak of quotas
	 * @param possible what they can mean at all
	 * @return what the first complaint means, {@code null} if there is none
	 */
	static @Nullable Meaning find(String message, boolean google, Predicate<FailureKind> possible) {
		boolean rate = google || RATE.matcher(message).find();
		List<String> clauses = Clauses.of(QUOTATION.matcher(message).replaceAll(" "));
		for (Complaint complaint : COMPLAINTS) {
			boolean counts = possible.test(complaint.kind())
					&& !(rate && complaint.kind() == FailureKind.QUOTA_EXHAUSTED);
			if (counts && clauses.stream().anyMatch((clause) -> complaint.words().matcher(clause).find())) {
				return Meaning.of(complaint.kind());
			}
		}
		return null;
	}

	/**
	 * A limit of the answer is another thing, and so is the length of an id or a name.
	 */
	private static void sizes() {
		complaint(FailureKind.CONTEXT_LENGTH_EXCEEDED,
				"^(?!.*(?:max_?\\w*_?tokens|maxoutput|(?:output|completion|maximum) tokens|(?:string|array) too long|\\bper\\b))"
						+ "(?=.*\\b(?:tokens?|context|window|max_model_len)\\b).*\\b(?:prompt|input|conversation|context"
						+ "|messages|request|sequence|tokens?)\\b.{0,80}(?:\\btoo (?:long|large|many)\\b|\\bexceed|\\blonger than\\b"
						+ "|\\b(?:greater|larger|more) than\\b|\\bover the (?:limit|maximum)\\b)");
	}

	private static void models() {
		complaint(FailureKind.MODEL_UNAVAILABLE,
				"\\bmodel\\b.{0,80}\\b(?:not|n't|no longer) (?:\\w+ ){0,2}(?:exist|found|available|served|loaded|deployed"
						+ "|hosted|offered|accessible|recogni[sz]ed|known|running|active)\\b");
		complaint(FailureKind.MODEL_UNAVAILABLE,
				"\\bmodel\\b(?: \\S+){0,4} (?:is|are|was|has been|been) (?:\\w+ ){0,2}(?:disabled|retired|removed"
						+ "|decommissioned|discontinued|sunset|offline|unknown|shut down)\\b");
		complaint(FailureKind.MODEL_UNAVAILABLE,
				"\\b(?:no|unknown|unrecogni[sz]ed|invalid|unsupported|missing) (?:such )?"
						+ "model\\b(?! output| response)|\\bhas been (?:retired|decommissioned|discontinued|sunset)\\b|^model: ");
	}

	private static void money() {
		complaint(FailureKind.QUOTA_EXHAUSTED, "\\b" + MONEY + "\\b.{0,60}\\b(?:exhausted|depleted|used up|insufficient"
				+ "|not enough|too low|ran out|run out|exceeded|reached|expired|negative|over|zero)\\b");
		complaint(FailureKind.QUOTA_EXHAUSTED,
				"\\b(?:insufficient|not enough|no (?:remaining|more|available)|out of|run out of|exceed(?:ed|s)?"
						+ "|exhausted|depleted|used (?:up )?(?:all )?|over|draw from) (?:[\\w-]+ ){0,4}" + MONEY
						+ "\\b");
		complaint(FailureKind.QUOTA_EXHAUSTED, "\\b" + ACCOUNT + "\\b.{0,60}\\b(?:on hold|past due|overdue|unpaid"
				+ "|arrears|suspended|frozen|delinquent|not been paid|has (?:ended|expired)|is over|cancell?ed)\\b");
		complaint(FailureKind.QUOTA_EXHAUSTED,
				"\\b(?:outstanding|unpaid|overdue|past[- ]due|failed) (?:[\\w-]+ ){0,2}(?:invoices?|payments?|bills?)\\b"
						+ "|\\b(?:add|enable|update|set ?up|provide|configure|valid) (?:[\\w-]+ ){0,4}"
						+ "(?:payment|billing|credits|funds)\\b|\\bpayment (?:method|instrument|information|failed|is required)\\b"
						+ "|\\bbilling (?:to be enabled|is (?:not enabled|disabled|not active))\\b"
						+ "|\\b(?:purchase|buy) (?:[\\w-]+ ){0,2}credits\\b|\\b(?:recharge|top up) (?:your|the|and)\\b"
						+ "|\\brequires? an? (?:[\\w-]+ ){0,2}(?:plan|subscription)\\b|\\bupgrade (?:to|your) (?:[\\w-]+ ){0,3}"
						+ "(?:plan|account|subscription)\\b");
	}

	private static void keys() {
		complaint(FailureKind.AUTHENTICATION, "\\b" + KEY + "\\b.{0,60}\\b(?:invalid|incorrect|wrong|expired|revoked"
				+ "|missing|unknown|malformed|not valid|not found|not provided|not recogni[sz]ed|no longer valid|disabled"
				+ "|deactivated|deleted|blocked|rejected|required|leaked|not supported)\\b");
		complaint(FailureKind.AUTHENTICATION,
				"\\b(?:invalid|incorrect|wrong|expired|revoked|missing|unknown|malformed"
						+ "|bad|no|valid|check) (?:[\\w-]+ ){0,3}" + KEY
						+ "\\b|\\btoken (?:is |has |was )?(?:expired|revoked)\\b");
		complaint(FailureKind.AUTHENTICATION,
				"\\b(?:authentication|authorization) (?:has )?(?:failed|fails|error"
						+ "|required)\\b|\\b(?:failed|unable) to (?:authenticate|authorize)\\b|\\bunauthenticated\\b"
						+ "|\\bnot authenticated\\b|\\b(?:account|key|user)\\b.{0,24}\\b(?:deactivated|deleted)\\b"
						+ "|\\bdeactivated account\\b|\\bunregistered callers\\b");
	}

	private static void rights() {
		complaint(FailureKind.PERMISSION_DENIED, "\\b" + HOLDER + "\\b.{0,60}\\b(?:(?:not|n't) (?:have |been |be )?"
				+ "(?:[\\w-]+ ){0,2}(?:permissions?|access|authori[sz]ed|allowed|entitled|permitted)|only authori[sz]ed for"
				+ "|restricted|banned|blocked|lacks?)\\b");
		complaint(FailureKind.PERMISSION_DENIED,
				"\\b(?:permission|access) (?:is |was |to (?:[\\w-]+ ){1,3}is )?denied\\b"
						+ "|\\boperation (?:is )?not allowed\\b|\\binsufficient permissions?\\b|\\bmissing scopes?\\b"
						+ "|\\bnot been submitted for this account\\b|\\bterms (?:have|must)\\b.{0,24}\\baccepted\\b"
						+ "|\\b(?:country|region|location|territory|ip|address)\\b.{0,40}\\b(?:blocked|not allowed|not permitted"
						+ "|denied|allow ?list)\\b");
	}

	private static void policies() {
		complaint(FailureKind.CONTENT_FILTERED, "\\b" + CONTENT + "\\b.{0,40}\\b(?:blocked|rejected|refused|violat\\w+"
				+ "|flagged|prohibited|disallowed)\\b.{0,40}\\b" + POLICY + "\\b");
		complaint(FailureKind.CONTENT_FILTERED,
				"\\b(?:unsafe|harmful|inappropriate|offensive|toxic|nsfw) (?:\\w+ )?" + CONTENT + "\\b");
	}

	private static void complaint(FailureKind kind, String words) {
		COMPLAINTS.add(new Complaint(kind, pattern(words)));
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

	/**
	 * Words, and what they mean.
	 */
	private record Complaint(FailureKind kind, Pattern words) {

	}

}
