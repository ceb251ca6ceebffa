// What text is a policy file; nothing about what it means. Keywords stand in quotes; keywords.txt says which of them are also names,
// and `word` and `any_word` are generated from it. Rules are named for what they are to a reader: messages, the concrete tree and the
// formatter speak of them.
//
// House rules of the grammar
//  * Nothing recurses except through brackets, so that the limit on nesting bounds the parser's stack.
//  * A list without brackets never stands next to another comma list that could swallow its rest.
//  * What is refused for its meaning (`until` with a bare date, `and` beside `or`, a chained comparison) parses.
parser grammar WritParser;

options { tokenVocab = WritLexer; }
import WritWords;

file
  : header? use_line* item* EOF
  ;

header
  : 'module' dotted overlay_clause? owner_line? zone_clause? sessions_clause?
  | 'facts' dotted as_of_clause? complete_within?
  ;
overlay_clause  : 'overlay' dotted ;
zone_clause     : 'zone' STRING ;
sessions_clause : 'sessions' 'required' ;
as_of_clause    : 'as' 'of' day ;
complete_within : 'complete' 'within' names ;

use_line
  : 'use' 'facts' dotted
  | 'import' dotted ('as' word)?
  ;

item
  : system_decl | enum_decl | dimension_decl | principal_decl | context_decl | resource_decl | action_decl
  | duty_decl | predicate_decl | threshold_decl | calendar_decl | staffing_decl | map_decl
  | role_decl | approval_decl | require_decl | forbid_decl | never_decl | sod_decl | terms_decl | limits_decl
  | control_decl | lift_decl | emergency_decl | overlay_decl | adopt_decl | flow_decl | process_decl
  | assert_decl | test_decl | given_decl | history_line
  ;

// ---------------------------------------------------------------------------------------------------------------- words

system_decl     : 'system' word STRING kind_clause precision_clause asking_clause complete_for? ;
kind_clause     : 'kind' word ;
precision_clause: 'precision' word ;
asking_clause   : 'enforced' | 'observed' 'every' DURATION ;
complete_for    : 'complete' 'for' names ;

enum_decl : 'enum' word '{' enum_values? '}' ;
enum_values : word (',' word)* ','? ;

dimension_decl  : 'dimension' word in_dimension? ('is' 'open' | '{' dimension_value* '}') ;
in_dimension    : 'in' dotted ;
dimension_value : word of_parent? ':' dimension_code (',' dimension_code)* ;
of_parent       : 'of' word ;
dimension_code  : word word STRING ('or' STRING)* ;

principal_decl : 'principal' word 'is' ('human' | 'workload' | 'agent') operated_by? tenure_clause? fields ;
operated_by    : 'operated' 'by' names ;
tenure_clause  : 'tenure' 'from' word 'until' word ;
context_decl   : 'context' fields ;
resource_decl  : 'resource' word fields ;
fields         : '{' (field (',' field)* ','?)? '}' ;
field          : any_word ':' type field_property* ;
field_property : 'fixed' | 'acyclic' | 'fresh' 'within' DURATION ;
type           : dotted type_argument? '?'? ;
type_argument  : '<' dotted '>' ;

action_decl     : 'action' names on_resource? input_clause? action_property* ;
on_resource     : 'on' dotted ;
input_clause    : 'with' fields ;
action_property : 'reads' | 'writes' path (',' path)* | 'implies' ('everything' | names) ;

duty_decl      : (duty_head | 'extend' 'duty' dotted) access_set ;
duty_head      : 'duty' word '=' ;
access_set     : '{' (access (',' access)* ','?)? '}' ;
predicate_decl : 'predicate' word params? '=' expr ;
params         : '(' param (',' param)* ')' ;
param          : word ':' type ;
threshold_decl : 'threshold' word '=' '{' money (',' money)* ','? '}' ;

calendar_decl : 'calendar' word 'from' day 'through' day '{' (calendar_line (',' calendar_line)* ','?)? '}' ;
calendar_line : day 'through' day | 'every' names STRING 'to' STRING ;
staffing_decl : 'staffing' word ':' 'at' 'least' INT 'role' role_ref in_each? ;
in_each       : 'in' 'each' dotted ;

// --------------------------------------------------------------------------------------------------------------- native

map_decl      : 'map' word '{' map_line* '}' ;
map_line      : map_what native_way ('or' native_way)* ;
map_what      : ('assign' | 'define') 'any' 'role' | 'everything' | 'nothing' | names where_clause? ;
native_way    : native_object_way | native_code_way ;
native_object_way : 'object' native_object ('and' native_object)* ;
native_code_way   : word STRING (',' STRING)* native_with? ;
native_with   : 'with' native_object ('and' native_object)* ;
native_object : word '{' native_field* '}' ;
native_field  : any_word ':' native_value (',' native_value)* ;
native_value  : STRING ('..' STRING)? | 'any' | word ;

// ------------------------------------------------------------------------------------------- phrases that recur everywhere

where_clause : 'where' expr ;
in_system    : 'in' word ;

// One access, as an element of a list in braces: a comma ends it.
access      : (what | role_verb role_ref to_type?) in_system? by_type? where_clause? ;
by_type     : 'by' type_id ;
to_type     : 'to' type_id ;

// Several, sharing their clauses. A phrase with a list of roles stands last: it owns the commas that follow.
accesses    : (what ',')* (what | role_access) in_system? by_types? where_clause? ;
role_access : role_verb role_ref (',' role_ref)* to_types? ;
by_types    : 'by' type_id (',' type_id)* ;
to_types    : 'to' type_id (',' type_id)* ;

what
  : 'everything' but_reading?
  | role_verb 'any' 'role' to_type?
  | ('approve' | 'activate' | 'review') ('any' ('waiver' | 'mitigation' | 'emergency') | dotted)
  | ('author' | 'sign' | 'deploy') 'policy'
  | 'role' role_ref
  | dotted any_below?
  ;
but_reading : 'but' 'reading' ;
any_below   : '.' '*' ;
role_verb   : 'assign' | 'revoke' | 'define' | 'delegate' ;

role_ref : dotted args? ;
args     : '(' expr (',' expr)* ')' ;
type_id  : dotted STRING? | STRING ;
subject  : type_id where_clause? | 'role' role_ref ;

// Who approves. `party` may join a scope; where a rule's own `within same` line could follow, `plain_party` cannot.
chain       : chain_step ('then' chain_step)* ;
chain_step  : party (('and' party)+ | ('or' party)+)? due_clause? ;
due_clause  : 'due' DURATION ;
party       : role_party | person_party | path_party | INT 'of' several_party | group_party ;
several_party : role_party | person_party | path_party | group_party ;
role_party  : 'role' role_ref within_same? ;
within_same : 'within' 'same' dotted ;
person_party: STRING ;
path_party  : path otherwise_party? ;
otherwise_party : 'otherwise' (role_party | person_party | path) ;
group_party : '(' chain ')' ;

plain_chain : plain_step ('then' plain_step)* ;
plain_step  : plain_party (('and' plain_party)+ | ('or' plain_party)+)? due_clause? ;
plain_party : plain_role | person_party | path | INT 'of' (plain_role | person_party | path | group_party) | group_party ;
plain_role  : 'role' role_ref ;

period      : from_day period_end ;
from_day    : 'from' day ;
period_end  : 'through' day | 'until' day | 'for' DURATION ;

level : 'critical' | 'high' | 'medium' | 'low' ;

// --------------------------------------------------------------------------------------------------- roles and approvals

role_decl    : 'role' word params? STRING? extends_clause? for_subject? '{' role_line* '}' ;
extends_clause : 'extends' role_ref (',' role_ref)* ;
for_subject  : 'for' subject at_assignment? ;
at_assignment: 'at' 'assignment' ;
role_line
  : owner_line | scope_line | may_line | birthright_line | handover_line | request_line | at_most_line | review_line
  | delegable_line | native_line
  ;
scope_line      : 'within' path ;
may_line        : 'may' accesses subject_to? ;
subject_to      : 'subject' 'to' names ;
birthright_line : 'birthright' where_clause ;
handover_line   : 'handover' 'at' 'most' DURATION ;
request_line    : 'on' 'request' 'after' chain ;
at_most_line    : 'at' 'most' DURATION ;
review_line     : 'review' 'every' DURATION review_by? ;
review_by       : 'by' plain_party ;
delegable_line  : 'delegable' 'to' type_id where_clause? (',' cap)* ;
native_line     : 'native' native_role (',' native_role)* ;
native_role     : word STRING ;

caps : cap (',' cap)* ;
cap
  : 'at' 'most' DURATION in_a_row?
  | 'once'
  | 'depth' INT
  | 'transfer'
  | INT 'uses' 'in' DURATION
  | 'renew' INT
  | 'cooling' DURATION
  | 'by' plain_chain
  | 'with' names
  | 'tested' 'every' DURATION
  | 'review' ('due' | 'every') DURATION
  | 'due' DURATION
  | level 'due' DURATION
  ;
in_a_row : 'in' 'a' 'row' ;

approval_decl     : 'approval' word '=' chain approval_property* ;
approval_property : 'good' 'for' DURATION | 'over' path (',' path)* | 'may' 'repeat' ;

require_decl : 'require' word rule_title? '{' (require_before | require_after) rule_line* '}' ;
rule_title   : level STRING? | STRING ;
require_before : (require_mfa | require_approval | require_evidence) 'before' accesses ;
require_mfa    : 'mfa' ('fresh' 'within' DURATION)? ;
require_approval : 'approval' chain ;
require_evidence : 'evidence' STRING ;
require_after  : (require_notify | 'log') 'after' 'denied'? accesses ;
require_notify : 'notify' party ;

// --------------------------------------------------------------------------------------------------------- restrictions

never_decl  : 'never' word rule_title? '{' accesses rule_line* '}' ;
forbid_decl : 'forbid' word rule_title? '{' accesses rule_line* '}' ;
sod_decl    : ('sod' | 'sensitive') word rule_title? '{' sod_line* '}' ;
sod_line
  : separate_line | nobody_line | at_most_of_line | at_least_line | within_same_line | across_line | points_line | on_same_line
  | rule_line
  ;
separate_line    : 'separate' side from_side ;
from_side        : 'from' side ;
nobody_line      : 'nobody' 'holds' side ;
at_most_of_line  : 'at' 'most' INT 'of' access_set ;
at_least_line    : 'at' 'least' INT 'people' 'for' access_set ;
within_same_line : 'within' 'same' names ;
across_line      : 'across' dotted ;
points_line      : 'at' point (',' point)* ;
point            : 'assignment' | 'activation' | 'use' ;
on_same_line     : 'on' 'same' names key_paths? over_clause? in_order? ;
key_paths        : '{' key_path (',' key_path)* ','? '}' ;
key_path         : dotted 'by' path ;
over_clause      : 'over' DURATION ;
in_order         : 'in' 'order' ;
side             : (accesses | 'all' 'of' access_set | INT 'of' access_set) side_scope? ;
side_scope       : 'within' names ;

rule_line : terms_line | yield_line | owner_line | because_line | implements_line | enforced_line | report_line ;
terms_line      : 'terms' dotted ;
yield_line      : ('waiver' | 'mitigation' | 'emergency') caps ;
owner_line      : 'owner' owner_party ;
owner_party     : plain_role | person_party | path ;
because_line    : 'because' STRING ;
implements_line : 'implements' names ;
enforced_line   : 'enforced' 'from' day ;
report_line     : 'report' 'only' ;

adopt_decl   : 'adopt' dotted adopt_property* ;
adopt_property : terms_line | enforced_line | except_clause ;
except_clause  : 'except' names because_line ;

terms_decl  : 'terms' word '{' yield_line* '}' ;
limits_decl : 'limits' '{' limit_line* '}' ;
limit_line  : limit_caps | limit_skew | limit_reuse | limit_ledger | limit_raise | limit_no ;
limit_caps   : ('waiver' | 'mitigation' | 'emergency' | 'role' | 'workload' | 'finding' | 'approval') limit_of? caps ;
limit_of     : 'of' names ;
limit_skew   : 'skew' DURATION ;
limit_reuse  : 'reuse' 'at' 'most' DURATION ;
limit_ledger : 'ledger' 'age' DURATION ;
limit_raise  : 'raise' names 'to' level ;
limit_no     : 'no' ('waiver' | 'mitigation' | 'emergency') 'of' names where_clause? ;

// ---------------------------------------------------------------------------------------------- what lifts a restriction

control_decl : 'control' word STRING? '{' control_line* '}' ;
control_line : for_rules_line | owner_line | monitor_line | every_line | by_line ;
for_rules_line : 'for' names ;
monitor_line   : 'monitor' owner_party (',' owner_party)* ;
every_line     : 'every' DURATION ;
by_line        : 'by' dotted ;

lift_decl : ('exception' word 'waives' | 'mitigation' word 'covers') names '{' lift_line* '}' ;
lift_line
  : for_line | lift_within_line | period_line | while_line | points_line | lift_same_line | remove_line | object_line | owner_line
  | approved_line | reason_line | ticket_line | with_line
  ;
for_line         : 'for' subject ;
lift_within_line : 'within' names ;
period_line      : period ;
while_line       : 'while' expr ;
lift_same_line   : 'on' 'same' names ;
remove_line      : 'on' 'end' 'remove' role_ref (',' role_ref)* ;
object_line      : 'on' dotted (STRING (',' STRING)* | where_clause) ;
approved_line    : 'approved' 'by' approval_mark (',' approval_mark)* ;
approval_mark    : STRING 'on' day ;
reason_line      : 'reason' STRING ;
ticket_line      : 'ticket' STRING ;
with_line        : 'with' names ;

emergency_decl : 'emergency' word STRING? for_subject? '{' emergency_line* '}' ;
emergency_line
  : owner_line | scope_line | may_line | lifts_line | after_line | clock_line | needs_line | notify_line | review_due_line
  | native_line
  ;
lifts_line      : 'lifts' names ;
after_line      : 'after' chain ;
clock_line      : 'at' 'most' DURATION (',' INT 'uses' 'in' DURATION)? ;
needs_line      : 'needs' need (',' need)* ;
need            : 'reason' reason_values? | 'ticket' ;
reason_values   : 'in' '{' word (',' word)* ','? '}' ;
notify_line     : 'notify' owner_party (',' owner_party)* ;
review_due_line : 'review' 'due' DURATION review_by ;

// ------------------------------------------------------------------------- who decides locally, whose hands, what must run

overlay_decl : 'overlay' word 'within' dotted '{' overlay_line* '}' ;
overlay_line : owner_line | charter_line ;
charter_line : 'may' (charter_add | charter_assign | charter_lift) ;
charter_add    : 'add' ('role' | 'birthright') 'in' word ;
charter_assign : 'assign' role_ref (',' role_ref)* ;
charter_lift   : ('mitigate' | 'waive') names 'through' day with_line? ;

flow_decl    : 'flow' word '{' flow_from 'leads' 'to' accesses '}' ;
flow_from    : accesses ;
process_decl : 'process' word 'on' dotted '{' step_line* '}' ;
step_line    : 'step' word dotted ;

// --------------------------------------------------------------------------------------------------- claims and examples

assert_decl : 'assert' word in_population? ':' claim ;
in_population : 'in' 'population' ;
claim : quantified_claim | completes_claim | takes_claim | independent_claim ;
quantified_claim  : ('never' | 'always') 'eventually'? binder (',' binder)* claim_by? where_clause? then_clause? ;
binder            : word ':' dotted ;
claim_by          : 'by' (type_id | 'role' role_ref) ;
then_clause       : ':' expr ;
completes_claim   : dotted 'completes' 'in' names with_absent? ;
with_absent       : 'with' INT 'absent' ;
takes_claim       : dotted 'takes' 'at' 'least' INT 'people' in_values? ;
in_values         : 'in' names ;
independent_claim : 'decision' 'on' dotted 'does' 'not' 'depend' 'on' path ;

who : word | STRING ;

given_decl : 'given' (given_special | given_entity) ;
given_special : given_control | given_number | given_approval | given_mfa | given_evidence | given_partial | given_native ;
given_control  : dotted 'tested' day ('effective' | 'ineffective') ;
given_number   : word INT ;
given_approval : 'approval' dotted 'by' who (',' who)* at_day? over_record? ;
at_day         : 'at' day ;
over_record    : 'over' record ;
given_mfa      : 'mfa' 'of' who ;
given_evidence : 'evidence' STRING ;
given_partial  : 'partial' ('history' | 'held' 'of' who) ;
given_native   : word 'role' STRING 'grants' word STRING (',' STRING)* ;
given_entity   : who (',' who)* (typed_as record? holding* | record holding* | holding+) ;
typed_as       : ':' type_id ;
record         : '{' (record_entry (',' record_entry)* ','?)? '}' ;
record_entry   : any_word ':' expr ;
holding        : holds_clause | has_clause | delegates_clause | used_clause ;
holds_clause     : 'holds' held (',' held)* resting_on? ;   // rests: the last one
held             : role_ref from_day? held_end? ;
held_end         : 'through' day | 'until' day ;
resting_on       : 'resting' 'on' names ;
has_clause       : 'has' has_access (',' has_access)* ;
has_access       : access has_within? ;
has_within       : 'within' ('any' dotted | 'unknown' dotted | dotted) ;
delegates_clause : 'delegates' role_ref 'to' word period ;
used_clause      : ('used' | 'activated') dotted 'at' day (',' day)* ;

history_line : 'history' who 'did' dotted 'on' who at_day? ;

test_decl : 'test' STRING without_clause? '{' (item | expect_line)* '}' ;
without_clause : 'without' names ;

expect_line : 'expect' expectation ;
expectation
  : expect_decision | expect_finding | expect_overdue | expect_provision | expect_nothing | expect_error | expect_proof
  | expect_gap
  ;
expect_decision : outcome who (for_person | run_by)? question detail* resting_end? ;
outcome      : 'permit' | 'deny' | 'pending' | 'indeterminate' ;
for_person   : 'for' who ;
run_by       : 'run' 'by' who ;
question
  : 'activate' dotted
  | 'approve' dotted
  | ('assign' | 'request') role_ref to_who?
  | dotted 'on' who
  ;
to_who       : 'to' who ;
expect_finding   : finding_state? ('violation' | 'exposure') names? 'of' finding_subject detail* resting_end? ;
finding_state    : 'no' | 'possible' | 'mitigated' | 'excepted' | 'lapsed' ;
finding_subject  : native_subject | who ;
native_subject   : word 'role' STRING ;
expect_overdue   : 'overdue' dotted 'of' who 'since' day ;
expect_provision : ('add' | 'keep' | 'remove' | 'amend' | 'blocked' | 'hold') role_ref (',' role_ref)*
                   ('to' | 'from' | 'for' | 'of') who 'at' day ;
expect_nothing   : 'nothing' 'for' who 'at' day ;
expect_error     : 'error' word '{' item* '}' ;
expect_proof     : ('proved' | 'refuted') proof_of in_steps? ;
proof_of         : 'overlay' dotted | claim | obligation_of | dotted ;
obligation_of    : (word | STRING) 'of' dotted ;
in_steps         : 'in' INT 'steps' ;
expect_gap       : 'gap' word word STRING 'in' 'role' STRING ;
detail
  : detail_at | detail_from | detail_through_day | detail_by | detail_within | detail_disjoint | detail_unknown | detail_until
  | detail_missing | detail_owing | detail_possible | detail_through | detail_cut
  ;
detail_at          : 'at' day ;
detail_from        : 'from' day ;
detail_through_day : 'through' day ;
detail_by          : 'by' names ;
detail_within      : 'within' dotted ;
detail_disjoint    : 'disjoint' dotted ;
detail_unknown     : 'unknown' names ;
detail_until       : 'until' (day | 'never') ;
detail_missing     : 'missing' names ;
detail_owing       : 'owing' names ;
detail_possible    : 'possible' 'from' day ;
detail_through     : 'through' names ;
detail_cut         : 'cut' names ;
resting_end        : resting_on held_end? ;

// ------------------------------------------------------------------------------------------------------------ conditions

expr       : conjunction ('or' conjunction)* ;
conjunction: negation ('and' negation)* ;
negation   : 'not'* comparison ;
comparison : sum comparison_tail* ;
comparison_tail
  : ('==' | '!=' | '<' | '<=' | '>' | '>=') sum
  | ('in' | 'includes' | 'overlaps' | 'under') sum
  | 'subset' 'of' sum
  | ('starts' | 'ends') 'with' sum
  | 'is' 'empty'
  | 'during' day 'through' day
  | 'holds' role_ref
  | 'ordinarily'? 'can' dotted can_on? can_when?
  ;
can_on     : 'on' sum ;
can_when   : 'in' word 'at' word ;
sum        : term (('+' | '-') term)* ;
term       : primary ('*' primary)? otherwise_clause? ;
otherwise_clause : 'otherwise' primary ;
primary    : literal | call | path | set | '(' expr ')' ;
call       : ('same' 'person' | dotted) args ;
set        : '{' (expr (',' expr)* ','?)? '}' ;
literal    : money | INT | DECIMAL | STRING | DURATION | day | 'true' | 'false' | 'none' | 'now' ;
money      : (INT | DECIMAL) NAME ;
day        : DATE | INSTANT ;

path   : word ('.' any_word)* ;
dotted : word ('.' any_word)* ;
names  : dotted (',' dotted)* ;
