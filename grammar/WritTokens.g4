// The tokens that are not keywords. Every byte of a file belongs to some token: blanks and comments go to the hidden channel, and what
// is no token at all becomes `Unknown`, so that the lexer never fails.
lexer grammar WritTokens;

LBRACE   : '{' ;
RBRACE   : '}' ;
LPAREN   : '(' ;
RPAREN   : ')' ;
COMMA    : ',' ;
COLON    : ':' ;
DOT      : '.' ;
DOTDOT   : '..' ;
QUESTION : '?' ;
ASSIGN   : '=' ;
EQ       : '==' ;
NE       : '!=' ;
LE       : '<=' ;
GE       : '>=' ;
LT       : '<' ;
GT       : '>' ;
PLUS     : '+' ;
MINUS    : '-' ;
STAR     : '*' ;

// Days and instants are recognised by their shape; whether the day exists is asked when the tree is built.
DATE     : [0-9]+ '-' [0-9]+ '-' [0-9]+ ;
INSTANT  : DATE 'T' [0-9:.]* ('Z' | [+-] [0-9:]+)? ;
DURATION : [0-9] [0-9_]* ('d' | 'h' | 'min' | 's') ;
DECIMAL  : [0-9] [0-9_]* '.' [0-9] [0-9_]* ;
INT      : [0-9] [0-9_]* ;
BAD_NUMBER : [0-9] [0-9a-zA-Z_]* ;

STRING   : '"' ( ~["\\\r\n] | '\\' ~[\r\n] )* '"' ;
BAD_STRING : '"' ( ~["\\\r\n] | '\\' ~[\r\n] )* '\\'? ;
NAME     : [a-zA-Z_] [a-zA-Z0-9_]* ;

DOC_COMMENT : '///' ~[\r\n]* -> channel(HIDDEN) ;
COMMENT     : '//' ~[\r\n]* -> channel(HIDDEN) ;
BLANK       : [ \t\r\n\uFEFF]+ -> channel(HIDDEN) ;
UNKNOWN     : . ;
